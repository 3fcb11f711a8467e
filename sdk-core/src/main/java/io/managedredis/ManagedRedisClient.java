package io.managedredis;

import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.event.CallListener;
import io.managedredis.internal.ClientEnvironment;
import io.managedredis.internal.HttpClients;
import io.managedredis.internal.async.CallLog;
import io.managedredis.internal.async.CallRunner;
import io.managedredis.internal.async.Listeners;
import io.managedredis.internal.async.SystemTiming;
import io.managedredis.internal.async.Timing;
import io.managedredis.internal.fly.FlyProvisioningApi;
import io.managedredis.internal.fly.FlySettings;
import io.managedredis.internal.management.CatalogueVerbs;
import io.managedredis.internal.management.Management;
import io.managedredis.internal.management.WaitingDatabases;
import io.managedredis.pricing.PriceBook;
import io.managedredis.settings.CircuitBreakerSettings;
import io.managedredis.settings.RateLimitSettings;
import io.managedredis.settings.RetrySettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Manages databases at the provider. One client serves a whole program: it is safe for use by several threads, and holds
 * connections that its calls share. It has no thread of its own beside those of its HTTP client.
 */
public final class ManagedRedisClient implements AutoCloseable {

    private final Databases databases;
    private final Plans plans;
    private final Regions regions;
    private final Organizations organizations;

    private final Runnable onClose;

    private ManagedRedisClient(Management management, Runnable onClose) {
        this.databases = new WaitingDatabases(management);
        this.plans = CatalogueVerbs.plans(management);
        this.regions = CatalogueVerbs.regions(management);
        this.organizations = CatalogueVerbs.organizations(management);
        this.onClose = onClose;
    }

    /** Begins a client. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client with the token and the address that this process's surroundings give: {@code FLY_ACCESS_TOKEN}, else
     * {@code FLY_API_TOKEN}, else {@code access_token} in the file {@code config.yml} in {@code FLY_CONFIG_DIR} or
     * {@code ~/.fly}; and {@code FLY_API_BASE_URL}, else the provider's.
     *
     * @throws ConfigurationException when there is no token
     */
    public static ManagedRedisClient fromEnvironment() {
        return builder().build();
    }

    /** The verbs on databases. */
    public Databases databases() {
        return databases;
    }

    /** The plans that databases can be on. */
    public Plans plans() {
        return plans;
    }

    /** The regions that databases can be in. */
    public Regions regions() {
        return regions;
    }

    /** The organizations that own databases. */
    public Organizations organizations() {
        return organizations;
    }

    /**
     * Ends the client: calls that have not ended fail with a {@code CallInterruptedException}, new ones with an
     * {@link IllegalStateException}. An HTTP client and an executor that were given to the builder stay as they are. A client
     * that is never closed leaves nothing behind once it is out of use.
     */
    @Override
    public void close() {
        onClose.run();
    }

    /** Makes a client. Not safe for use by several threads. */
    public static final class Builder {

        private static final String USER_AGENT = "managed-redis-java";

        private @Nullable URI baseUrl;
        private @Nullable Secret token;
        private @Nullable HttpClient httpClient;
        private @Nullable Executor executor;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration callTimeout = Duration.ofMinutes(2);
        private RetrySettings retry = RetrySettings.defaults();
        private @Nullable CircuitBreakerSettings circuitBreaker = CircuitBreakerSettings.defaults();
        private @Nullable RateLimitSettings rateLimit;
        private final List<CallListener> listeners = new ArrayList<>();
        private @Nullable PriceBook priceBook;
        private String userAgent = USER_AGENT;
        private @Nullable Timing timing;
        private RandomGenerator random = new Random();

        private Builder() {}

        /** Where the provider's API is, without {@code /graphql}. Default: {@code FLY_API_BASE_URL}, else the provider's. */
        public Builder baseUrl(URI url) {
            String scheme = url.getScheme();
            if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                throw new InvalidRequestException(
                        "baseUrl", "the base URL has no host or is not HTTP", "an address such as https://api.fly.io");
            }
            baseUrl = url;
            return this;
        }

        /** The token. Default: from the surroundings, see {@link ManagedRedisClient#fromEnvironment()}. */
        public Builder token(String text) {
            return token(Secret.of(text));
        }

        /** The token. Default: from the surroundings, see {@link ManagedRedisClient#fromEnvironment()}. */
        public Builder token(Secret secret) {
            if (secret.reveal().isBlank()) {
                throw new InvalidRequestException("token", "the token is blank", "a token of the provider");
            }
            if (secret.reveal().strip().chars().anyMatch(character -> character < ' ' || character > '~')) {
                throw new InvalidRequestException(
                        "token", "the token has characters that no token has", "a token of the provider, in one line");
            }
            token = secret;
            return this;
        }

        /**
         * The HTTP client that sends the requests, which the caller closes. Default: one of its own. The connect timeout and
         * the executor of this builder do not apply to it.
         */
        public Builder httpClient(HttpClient client) {
            httpClient = Objects.requireNonNull(client, "client");
            return this;
        }

        /** Runs what follows on an answer, which the caller shuts down. Default: threads of the JDK's HTTP client. */
        public Builder executor(Executor value) {
            executor = Objects.requireNonNull(value, "value");
            return this;
        }

        /** How long making a connection may take. Default: 5 seconds. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive("connectTimeout", timeout);
            return this;
        }

        /** How long one request may take, until its answer has been read. Default: 30 seconds, for creating takes a while. */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = positive("requestTimeout", timeout);
            return this;
        }

        /** How long one call may take, all of its requests and waits together. Default: 2 minutes. */
        public Builder callTimeout(Duration timeout) {
            callTimeout = positive("callTimeout", timeout);
            return this;
        }

        /** How requests are repeated. Default: {@link RetrySettings#defaults()}. */
        public Builder retry(RetrySettings settings) {
            retry = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /** When to stop asking a provider that is down. Default: {@link CircuitBreakerSettings#defaults()}. */
        public Builder circuitBreaker(CircuitBreakerSettings settings) {
            circuitBreaker = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /** Asks also when all before has failed. */
        public Builder withoutCircuitBreaker() {
            circuitBreaker = null;
            return this;
        }

        /** How many requests to send at most. Default: no limit of the client's own. */
        public Builder rateLimit(RateLimitSettings settings) {
            rateLimit = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /** Is told what happens to calls, for tracing and metrics; may be called several times. Default: nobody. */
        public Builder listener(CallListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Where the prices in change sets come from. Default: the newest published book that knows the plan. */
        public Builder priceBook(PriceBook book) {
            priceBook = Objects.requireNonNull(book, "book");
            return this;
        }

        /** Names the program that uses the client, in front of the client's own name. Default: the client's name alone. */
        public Builder userAgent(String program) {
            if (program.isBlank() || program.chars().anyMatch(character -> character < ' ' || character > '~')) {
                throw new InvalidRequestException(
                        "userAgent", "the name of the program is blank or not plain", "printable ASCII characters");
            }
            userAgent = program.strip() + " " + USER_AGENT;
            return this;
        }

        /** Decides about time in tests. */
        Builder timing(Timing value) {
            timing = value;
            return this;
        }

        /** Decides about chance in tests. */
        Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /**
         * The client.
         *
         * @throws ConfigurationException when no token was given and the surroundings have none
         */
        public ManagedRedisClient build() {
            if (token == null) {
                token(ClientEnvironment.ofProcess().token().orElseThrow(ClientEnvironment::noToken));
            }
            if (baseUrl == null) {
                baseUrl(ClientEnvironment.ofProcess().baseUrl());
            }
            URI url = Objects.requireNonNull(baseUrl);
            Timing time =
                    timing != null ? timing : new SystemTiming(executor != null ? executor : ForkJoinPool.commonPool());
            HttpClient http = httpClient != null ? httpClient : ownHttpClient(url);
            FlySettings settings = new FlySettings(
                    url, Objects.requireNonNull(token), userAgent, requestTimeout, retry, circuitBreaker, rateLimit);
            CallRunner calls = new CallRunner(time, listener());
            Management management = new Management(
                    new FlyProvisioningApi(http, settings, random, time), calls, callTimeout, retry, random, priceBook);
            boolean ownsHttp = httpClient == null;
            return new ManagedRedisClient(management, () -> {
                calls.close();
                if (ownsHttp) {
                    HttpClients.shutdown(http);
                }
            });
        }

        private CallListener listener() {
            List<CallListener> all = new ArrayList<>();
            all.add(new CallLog());
            all.addAll(listeners);
            return new Listeners(all);
        }

        private HttpClient ownHttpClient(URI url) {
            HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(connectTimeout);
            if (executor != null) {
                http.executor(executor);
            }
            // Without TLS the second version would be negotiated by an upgrade, which not every server understands.
            return http.version(
                            "https".equals(url.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                    .build();
        }

        private static Duration positive(String field, Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new InvalidRequestException(field, "the timeout is " + timeout, "more than zero");
            }
            return timeout;
        }
    }
}
