package io.managedredis.internal;

import io.managedredis.Secret;
import io.managedredis.error.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the token and the address of the provider's API where the provider's own command line keeps them. */
public final class ClientEnvironment {

    /** Where the provider's API is unless something else is said. */
    public static final URI DEFAULT_BASE_URL = URI.create("https://api.fly.io");

    private static final String BASE_URL = "FLY_API_BASE_URL";
    private static final String ACCESS_TOKEN = "FLY_ACCESS_TOKEN";
    private static final String API_TOKEN = "FLY_API_TOKEN";
    private static final String CONFIG_DIRECTORY = "FLY_CONFIG_DIR";
    private static final Pattern ACCESS_TOKEN_LINE = Pattern.compile(
            "(?m)^access_token:[ \\t]*(?:\"([^\"\\r\\n]*)\"|'([^'\\r\\n]*)'|([^#\\s][^\\r\\n]*?))[ \\t]*\\r?$");

    private final Map<String, String> variables;
    private final Path home;

    /** Looks at the given variables, and for the default directory under the given home. */
    public ClientEnvironment(Map<String, String> variables, Path home) {
        this.variables = variables;
        this.home = home;
    }

    /** Looks at this process. */
    public static ClientEnvironment ofProcess() {
        return new ClientEnvironment(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /**
     * The provider's API.
     *
     * @throws ConfigurationException when the variable is set to something that is no address
     */
    public URI baseUrl() {
        String text = variable(BASE_URL);
        if (text == null) {
            return DEFAULT_BASE_URL;
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException(
                    BASE_URL + " is not an address: set it to one such as " + DEFAULT_BASE_URL);
        }
    }

    /** The token; empty where there is none. */
    public Optional<Secret> token() {
        String fromVariable = variable(ACCESS_TOKEN);
        if (fromVariable == null) {
            fromVariable = variable(API_TOKEN);
        }
        return fromVariable != null ? Optional.of(Secret.of(fromVariable)) : configuredToken();
    }

    /** What to say where there is no token. */
    public static ConfigurationException noToken() {
        return new ConfigurationException(
                "there is no token for the provider's API. Give one to the client's builder, or set "
                        + ACCESS_TOKEN + " or " + API_TOKEN
                        + ", or log in with the provider's command line, which keeps it in"
                        + " ~/.fly/config.yml (elsewhere where " + CONFIG_DIRECTORY + " says so)");
    }

    private Optional<Secret> configuredToken() {
        Path file = configDirectory().resolve("config.yml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Matcher line = ACCESS_TOKEN_LINE.matcher(Files.readString(file));
            if (!line.find()) {
                return Optional.empty();
            }
            String token =
                    line.group(1) != null ? line.group(1) : line.group(2) != null ? line.group(2) : line.group(3);
            return token.isBlank() ? Optional.empty() : Optional.of(Secret.of(token.strip()));
        } catch (MalformedInputException binary) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new ConfigurationException("the file " + file + ", which may hold the token, cannot be read: "
                    + unreadable.getClass().getSimpleName());
        }
    }

    private Path configDirectory() {
        String directory = variable(CONFIG_DIRECTORY);
        try {
            return directory == null ? home.resolve(".fly") : Path.of(directory);
        } catch (InvalidPathException malformed) {
            throw new ConfigurationException(CONFIG_DIRECTORY + " is not a path");
        }
    }

    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
