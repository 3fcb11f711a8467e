package io.managedredis.testing;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseSpec;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.Secret;
import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.NotFoundException;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.Fault;
import io.managedredis.testing.internal.DataPlane;
import io.managedredis.testing.internal.control.Accounts;
import io.managedredis.testing.internal.control.ApiOnDemand;
import io.managedredis.testing.internal.control.ApiServer;
import io.managedredis.testing.internal.control.ControlPlane;
import io.managedredis.testing.internal.control.DatabaseRegistry;
import io.managedredis.testing.internal.control.FaultBoard;
import io.managedredis.testing.internal.control.InProcess;
import io.managedredis.testing.internal.control.RandomText;
import io.managedredis.testing.internal.control.Site;
import io.managedredis.testing.internal.data.DataPlaneOptions;
import io.managedredis.testing.internal.data.LocalDataPlane;
import io.managedredis.testing.internal.page.Page;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The managed Redis service on this machine: its provisioning API over HTTP, and for each database a real Redis primary and a
 * real replica in each read region, with the distances between regions in between.
 *
 * <p>Safe for use by several threads. Whoever starts it closes it; then no process, thread, port or file of it is left. When
 * the JVM dies without closing it, the Redis processes die too.
 *
 * <pre>{@code
 * try (LocalManagedRedis service = LocalManagedRedis.start();
 *         ManagedRedisClient client = service.client(from("ams"))) {
 *     Database carts = client.databases().define("carts").primaryRegion("mad").readRegions("ams").create();
 * }
 * }</pre>
 */
public final class LocalManagedRedis implements AutoCloseable {

    private final DataPlane dataPlane;
    private final ControlPlane controlPlane;
    private final ApiOnDemand api;
    private final InProcess inProcess;
    private final InetAddress address;
    private final FaultBoard faults;
    private final @Nullable Secret pageKey;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalManagedRedis(Builder builder) {
        RandomText random = new RandomText(new SecureRandom());
        this.address = builder.address;
        this.dataPlane = builder.startDataPlane();
        try {
            this.controlPlane = ControlPlane.of(
                    Accounts.of(builder.organizations(), random),
                    new DatabaseRegistry(dataPlane, builder.excluded, random, builder.clock),
                    builder.excluded,
                    builder.routing,
                    builder.maxPageSize,
                    builder.clock);
            this.inProcess = new InProcess(controlPlane);
            this.faults = new FaultBoard(dataPlane, controlPlane.faults());
            this.pageKey = builder.page ? random.key() : null;
            int port = builder.apiPort;
            boolean limited = builder.limited;
            this.api = new ApiOnDemand(() -> ApiServer.start(controlPlane, site(limited), address, port));
            if (builder.mayBeRefusedAddress()) {
                api.port();
            }
        } catch (RuntimeException | Error failed) {
            dataPlane.close();
            throw failed;
        }
    }

    private Site site(boolean limited) {
        return pageKey == null ? Site.NONE : new Page(pageKey, controlPlane.databases(), faults, limited);
    }

    /**
     * Starts a service with the defaults of the {@link Builder}.
     *
     * @throws RedisUnavailableException when there is no Redis for this platform
     */
    public static LocalManagedRedis start() {
        return builder().start();
    }

    /** Begins a service with options. */
    public static Builder builder() {
        return new Builder();
    }

    /** A client in the region with this code; for a static import, {@code service.url(database, from("ams"))}. */
    public static Vantage from(String region) {
        return Vantage.from(region);
    }

    /**
     * Where the API is, as for {@link Vantage#beside()}; what {@code FLY_API_BASE_URL} would be set to. On any port of loopback
     * the API starts when this is first asked for, be it through a client or the page.
     *
     * @throws IllegalStateException when the service was closed before that
     */
    public URI apiUri() {
        return apiUri(Vantage.beside());
    }

    /** Where the API is for a client that stands there: its answers carry addresses at the distance from there. */
    public URI apiUri(Vantage vantage) {
        Region region = known(vantage).region();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + api.port()
                + (region == null ? "" : "/from/" + region));
    }

    /** The token of the first organization. */
    public Secret token() {
        return token(controlPlane.accounts().first().slug());
    }

    /**
     * The token of an organization.
     *
     * @throws InvalidRequestException when this service has no such organization
     */
    public Secret token(String organization) {
        return controlPlane.accounts().token(organization);
    }

    /** The organizations of this service, by their slugs. */
    public List<String> organizations() {
        return controlPlane.accounts().slugs();
    }

    /** A client of the API for the first organization, beside the service. The caller closes it. */
    public ManagedRedisClient client() {
        return client(Vantage.beside());
    }

    /** A client of the API for the first organization, from there. The caller closes it. */
    public ManagedRedisClient client(Vantage vantage) {
        return client(controlPlane.accounts().first().slug(), vantage);
    }

    /**
     * A client of the API for an organization, from there. The caller closes it.
     *
     * @throws InvalidRequestException when this service has no such organization
     */
    public ManagedRedisClient client(String organization, Vantage vantage) {
        return ManagedRedisClient.builder()
                .baseUrl(apiUri(vantage))
                .token(token(organization))
                .build();
    }

    /**
     * Creates a database in this process, without the API, and returns when it can be used. Its endpoints are as for
     * {@link Vantage#beside()}.
     *
     * @throws InvalidRequestException when the specification asks for what the service does not have
     * @throws io.managedredis.error.ConflictException when the name is taken
     */
    public Database create(DatabaseSpec spec) {
        return inProcess.create(spec);
    }

    /**
     * Deletes a database in this process, without the API, whichever organization it belongs to, and returns when nothing of
     * it is left.
     *
     * @throws NotFoundException when there is none
     */
    public void delete(DatabaseId id) {
        inProcess.delete(id);
    }

    /** The database with this name, whichever organization it belongs to. */
    public Optional<Database> find(String name) {
        return inProcess.find(name);
    }

    /** The databases of every organization, oldest first. */
    public List<Database> databases() {
        return inProcess.list();
    }

    /**
     * The database's single address from there: it leads to the nearest of its regions.
     *
     * @throws NotFoundException when the database has been deleted
     */
    public RedisUrl url(Database database, Vantage vantage) {
        return inProcess.addresses(database.id(), known(vantage)).single();
    }

    /**
     * The database's addresses from there, in the shape of this service's routing.
     *
     * @throws NotFoundException when the database has been deleted
     */
    public Endpoints endpoints(Database database, Vantage vantage) {
        return inProcess.addresses(database.id(), known(vantage)).endpoints(controlPlane.routing());
    }

    /**
     * The database's addresses from there as the variables that a program is given, {@code PRIMARY_REGION} included. They
     * contain the password: for starting programs, not for printing.
     *
     * @throws NotFoundException when the database has been deleted
     */
    public Map<String, String> environment(Database database, Vantage vantage) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PRIMARY_REGION", database.primaryRegion().code());
        variables.putAll(inProcess.addresses(database.id(), known(vantage)).environment(controlPlane.routing()));
        return variables;
    }

    /**
     * Starts a fault, which lasts until it is ended or the service is closed. The page shows it, but cannot end it: code that
     * starts a fault can count on it.
     */
    public ActiveFault inject(Fault fault) {
        return faults.start(fault, FaultBoard.Starter.CODE).active();
    }

    /** The page that shows this service to people; empty when it was switched off. */
    public Optional<ServicePage> page() {
        return Optional.ofNullable(pageKey).map(key -> new ServicePage(apiUri().resolve("/"), key));
    }

    /** Ends the service and every database; returns when nothing is left. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                api.close();
            } finally {
                dataPlane.close();
            }
        }
    }

    private Vantage known(Vantage vantage) {
        if (vantage.region() != null) {
            controlPlane.regions().get(vantage.region());
        }
        return vantage;
    }

    /** Options of a service. Not safe for use by several threads. */
    public static final class Builder {

        private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

        private final Map<String, @Nullable Secret> organizations = new LinkedHashMap<>();
        private Set<Region> excluded = Set.of();
        private Routing routing = Routing.BY_REGION;
        private Face face = Face.MANAGED;
        private boolean limited = true;
        private Distances distances = Distances.greatCircle();
        private @Nullable Path redisBinary;
        private Clock clock = Clock.systemUTC();
        private InetAddress address = InetAddress.getLoopbackAddress();
        private long seed = 1;
        private int apiPort;
        private int maxPageSize = Integer.MAX_VALUE;
        private boolean page = true;

        private Builder() {}

        /** Adds organizations, each with a token of its own. Default: one, {@code personal}. */
        public Builder organizations(String... slugs) {
            for (String slug : slugs) {
                organizations.put(checked(slug), null);
            }
            return this;
        }

        /** Adds an organization with a given token. */
        public Builder organization(String slug, Secret token) {
            if (token.reveal().isBlank()) {
                throw new InvalidRequestException("token", "the token is blank", "any other text");
            }
            organizations.put(checked(slug), token);
            return this;
        }

        /** Regions in which no database can be. Default: none, and retired regions are open. */
        public Builder excludedRegions(String... codes) {
            Set<Region> regions = new LinkedHashSet<>();
            for (String code : codes) {
                regions.add(Region.of(code));
            }
            excluded = regions;
            return this;
        }

        /** Which addresses answers publish. Default: {@link Routing#BY_REGION}, an address for each region. */
        public Builder routing(Routing shape) {
            routing = Objects.requireNonNull(shape, "shape");
            return this;
        }

        /** Which commands databases offer. Default: {@link Face#MANAGED}. */
        public Builder face(Face commands) {
            face = Objects.requireNonNull(commands, "commands");
            return this;
        }

        /**
         * Whether databases keep to the limits of their plans: size, connections, commands, traffic. Default: they do. Without
         * limits the plans' numbers are still shown; for measuring, where a plan's commands a second would be what is measured.
         */
        public Builder planLimits(boolean enforced) {
            limited = enforced;
            return this;
        }

        /** How far regions are from each other. Default: {@link Distances#greatCircle()}. */
        public Builder distances(Distances between) {
            distances = Objects.requireNonNull(between, "between");
            return this;
        }

        /** The Redis server to run. Default: the bundled one, else the first on {@code PATH}. */
        public Builder redisBinary(Path file) {
            redisBinary = Objects.requireNonNull(file, "file");
            return this;
        }

        /** Decides what time it is, for limits by the day and the times in answers. Default: the system's clock. */
        public Builder clock(Clock source) {
            clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * The address to listen on. Default: loopback. Everything the service offers is open to whoever reaches the address
         * and has a token or a password.
         */
        public Builder bindAddress(InetAddress to) {
            address = Objects.requireNonNull(to, "to");
            return this;
        }

        /** The port of the API. Default: 0, any free one. */
        public Builder apiPort(int port) {
            if (port < 0 || port > 65_535) {
                throw new InvalidRequestException(
                        "apiPort", "there is no port " + port, "0 to 65535, 0 for any free one");
            }
            apiPort = port;
            return this;
        }

        /** The most items that the API puts into one page, whatever the client asks for. Default: no such limit. */
        public Builder maxPageSize(int items) {
            if (items < 1) {
                throw new InvalidRequestException("maxPageSize", "a page of " + items + " items is none", "1 or more");
            }
            maxPageSize = items;
            return this;
        }

        /**
         * Whether the API's port serves the {@linkplain LocalManagedRedis#page() page} as well. Default: it does. Nothing is to
         * be seen or done there without the page's key, which is new for each service.
         */
        public Builder page(boolean served) {
            page = served;
            return this;
        }

        /** Makes what is random between regions, such as jitter, repeatable. Default: 1. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Starts the service.
         *
         * @throws RedisUnavailableException when there is no Redis for this platform
         * @throws ConfigurationException when the API's port is taken
         */
        public LocalManagedRedis start() {
            return new LocalManagedRedis(this);
        }

        /** Any port of loopback is had for the asking; whether another address can be had shows at the start, not later. */
        private boolean mayBeRefusedAddress() {
            return apiPort != 0 || !address.isLoopbackAddress();
        }

        private Map<String, @Nullable Secret> organizations() {
            Map<String, @Nullable Secret> all = new LinkedHashMap<>(organizations);
            if (all.isEmpty()) {
                all.put(Accounts.PERSONAL, null);
            }
            return all;
        }

        private DataPlane startDataPlane() {
            return LocalDataPlane.create(new DataPlaneOptions(
                    Optional.ofNullable(redisBinary), face, limited, distances, address, clock, seed));
        }

        private static String checked(String slug) {
            if (!SLUG.matcher(slug).matches()) {
                throw new InvalidRequestException(
                        "organization",
                        "'" + slug + "' is not an organization's short name",
                        "up to 63 letters in lower case, digits and hyphens");
            }
            return slug;
        }
    }
}
