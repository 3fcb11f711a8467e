package io.managedredis.lettuce.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.resource.DnsResolver;
import io.lettuce.core.resource.MappingSocketAddressResolver;
import io.lettuce.core.resource.SocketAddressResolver;
import io.managedredis.RedisUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeUriTest {

    private static final SocketAddressResolver DEFAULT = SocketAddressResolver.create(DnsResolver.unresolved());

    @Test
    void should_try_the_ipv6_addresses_of_a_name_first_and_the_others_after_them() throws IOException {
        InetAddress four = InetAddress.getByName("127.0.0.1");
        InetAddress six = InetAddress.getByName("::1");
        try (ServerSocket listening = listen(six);
                Socket client = new Socket()) {
            NodeUri uri = uri("redis://db.internal:" + listening.getLocalPort());
            SocketAddress first = uri.nextAddress(DEFAULT, name -> new InetAddress[] {four, six});
            assertThat(first).isEqualTo(new InetSocketAddress(six, listening.getLocalPort()));
            client.connect(first, 5_000);
            uri.connected();
            assertThat(uri.nextAddress(DEFAULT, name -> new InetAddress[] {four, six}))
                    .isEqualTo(first);
            assertThat(uri.hasAnother()).isTrue();
            assertThat(uri.nextAddress(DEFAULT, name -> new InetAddress[] {four, six}))
                    .isEqualTo(new InetSocketAddress(four, listening.getLocalPort()));
            assertThat(uri.hasAnother()).isFalse();
        }
    }

    @Test
    void should_go_where_the_callers_own_resolver_says() throws IOException {
        SocketAddressResolver mapping =
                MappingSocketAddressResolver.create(DnsResolver.unresolved(), any -> HostAndPort.of("mapped", 7_000));
        InetAddress four = InetAddress.getByName("127.0.0.1");
        assertThat(uri("redis://db.internal:6379").nextAddress(mapping, name -> {
                    assertThat(name).isEqualTo("mapped");
                    return new InetAddress[] {four};
                }))
                .isEqualTo(new InetSocketAddress(four, 7_000));
        SocketAddressResolver resolving = SocketAddressResolver.create(name -> new InetAddress[] {four});
        assertThat(uri("redis://db.internal:6379").nextAddress(resolving, name -> new InetAddress[0]))
                .isEqualTo(new InetSocketAddress(four, 6_379));
    }

    private static NodeUri uri(String url) {
        RedisUrl parsed = RedisUrl.parse(url);
        return new NodeUri(() -> parsed, Duration.ofSeconds(1));
    }

    private static ServerSocket listen(InetAddress address) {
        try {
            return new ServerSocket(0, 1, address);
        } catch (IOException noIpv6) {
            assumeThat(false).as("this machine has no IPv6: " + noIpv6).isTrue();
            throw new AssertionError(noIpv6);
        }
    }
}
