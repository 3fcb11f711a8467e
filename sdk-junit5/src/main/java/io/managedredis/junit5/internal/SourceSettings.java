package io.managedredis.junit5.internal;

import io.managedredis.ManagedRedisClient;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * Where the databases of a run are to be.
 *
 * @param provider where
 * @param organization whose they are at the provider, or null for the token's usual organization
 * @param lease how long a database at the provider may be there
 */
public record SourceSettings(Provider provider, @Nullable String organization, Duration lease) {

    static final String PROVIDER = "managedredis.test.provider";
    static final String ORGANIZATION = "managedredis.test.organization";
    static final String LEASE = "managedredis.test.lease";

    private static final String ORGANIZATION_VARIABLE = "FLY_ORG";
    private static final Duration USUAL_LEASE = Duration.ofHours(1);

    /** Where databases can be. */
    public enum Provider {
        /** On this machine. */
        LOCAL,
        /** At the provider. */
        FLY
    }

    /**
     * Reads the settings.
     *
     * @param parameters configuration parameters of the run, or system properties
     * @param variables variables of the process
     * @throws ExtensionConfigurationException when a setting is not one of those allowed
     */
    public static SourceSettings read(
            Function<String, Optional<String>> parameters, Function<String, @Nullable String> variables) {
        Provider provider =
                parameters.apply(PROVIDER).map(SourceSettings::provider).orElse(Provider.LOCAL);
        if (provider == Provider.LOCAL) {
            return new SourceSettings(provider, null, USUAL_LEASE);
        }
        String organization = parameters
                .apply(ORGANIZATION)
                .or(() -> Optional.ofNullable(variables.apply(ORGANIZATION_VARIABLE)))
                .filter(slug -> !slug.isBlank())
                .orElse(null);
        return new SourceSettings(
                provider,
                organization,
                parameters.apply(LEASE).map(SourceSettings::duration).orElse(USUAL_LEASE));
    }

    /**
     * The source that the settings mean.
     *
     * @param report told what the source did beside what it was asked for
     * @throws io.managedredis.error.ConfigurationException when the provider is meant and there is no token for it
     */
    public DatabaseSource open(Consumer<String> report) {
        return switch (provider) {
            case LOCAL -> new LocalSource();
            case FLY -> new ProviderSource(ManagedRedisClient.fromEnvironment(), organization, lease, report);
        };
    }

    private static Provider provider(String text) {
        return switch (text.strip()) {
            case "local" -> Provider.LOCAL;
            case "fly" -> Provider.FLY;
            default ->
                throw new ExtensionConfigurationException(
                        PROVIDER + " is '" + text + "': it can be 'local', the default, or 'fly'");
        };
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException malformed) {
            throw new ExtensionConfigurationException(
                    LEASE + " is '" + text + "': it is a duration such as PT1H, at most 30 days", malformed);
        }
    }
}
