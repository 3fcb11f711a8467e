package io.lettuce.core.masterreplica;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.models.role.RedisInstance.Role;
import io.lettuce.core.models.role.RedisNodeDescription;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Lettuce's own routing between a primary and its replicas, in front of given connections instead of its own. */
public final class NoNetworkMasterReplica {

    private NoNetworkMasterReplica() {}

    /**
     * Routes between these.
     *
     * @param client whose options and resources are used; it connects nothing
     * @param nodes a connection for each node, the primary first
     */
    public static StatefulRedisConnection<String, String> connect(
            RedisClient client, ReadFrom readFrom, Map<RedisURI, StatefulRedisConnection<String, String>> nodes) {
        RedisURI primary = nodes.keySet().iterator().next();
        MasterReplicaConnectionProvider<String, String> provider =
                new MasterReplicaConnectionProvider<>(client, StringCodec.UTF8, primary, new LinkedHashMap<>(nodes));
        Stream<RedisNodeDescription> descriptions = nodes.keySet().stream()
                .map(uri -> new RedisMasterReplicaNode(
                        uri.getHost(), uri.getPort(), uri, uri.equals(primary) ? Role.UPSTREAM : Role.REPLICA));
        provider.setKnownNodes(descriptions.toList());
        provider.setReadFrom(readFrom);
        StatefulRedisMasterReplicaConnectionImpl<String, String> connection =
                new StatefulRedisMasterReplicaConnectionImpl<>(
                        new MasterReplicaChannelWriter(provider, client.getResources(), client.getOptions()),
                        StringCodec.UTF8,
                        Duration.ofSeconds(1));
        connection.setOptions(client.getOptions());
        return connection;
    }
}
