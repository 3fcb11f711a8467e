package io.managedredis.examples.cli;

import io.managedredis.ManagedRedisClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which API, and as whom. */
final class ApiOptions {

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token. Default: FLY_ACCESS_TOKEN, FLY_API_TOKEN, or the provider's configuration.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "Where the API is. Default: FLY_API_BASE_URL, or the provider's.")
    private @Nullable URI apiUrl;

    /** A client, which the caller closes. */
    ManagedRedisClient client(Shell shell) {
        ManagedRedisClient.Builder client = ManagedRedisClient.builder().userAgent("managed-redis-cli");
        if (apiUrl != null) {
            client.baseUrl(apiUrl);
        }
        if (tokenFile != null) {
            client.token(contentOf(tokenFile));
        }
        return client.build();
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UsageException("The token file " + file + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "); give one that can, with the token in one line.");
        }
    }
}
