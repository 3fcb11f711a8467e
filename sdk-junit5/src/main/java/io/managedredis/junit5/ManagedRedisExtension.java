package io.managedredis.junit5;

import io.lettuce.core.RedisURI;
import io.managedredis.Database;
import io.managedredis.Eviction;
import io.managedredis.ManagedRedisClient;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.junit5.internal.AnnotatedFields;
import io.managedredis.junit5.internal.DatabaseRequest;
import io.managedredis.junit5.internal.FieldClaims;
import io.managedredis.junit5.internal.ServedType;
import io.managedredis.junit5.internal.SharedSources;
import io.managedredis.junit5.internal.TestDatabase;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.testing.LocalManagedRedis;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests managed Redis databases. It carries out {@link EphemeralDatabase}, which registers it; or it is registered as a
 * field, with options in code:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ManagedRedisExtension carts = ManagedRedisExtension.builder()
 *         .primaryRegion("fra").readRegions("ams").localRegion("ams")
 *         .consistency(Consistency.atMost(Duration.ofSeconds(1)))
 *         .build();
 * }</pre>
 *
 * <p>A static field has one database for the class, empty before each test; an instance field has one for each test. Tests
 * reach it through the field's methods, or as parameters of the types that {@link EphemeralDatabase} names. Parameters mean the
 * database of the annotation where the class has one; with several fields and no annotation, take the fields' methods.
 *
 * <p>All tests of a JVM share one local service, and one more where distances are wanted. The configuration parameter or system
 * property {@code managedredis.test.provider=fly} runs the same tests at the provider, with the token that
 * {@link ManagedRedisClient#fromEnvironment()} finds. {@code managedredis.test.organization}, else the variable
 * {@code FLY_ORG}, says whose the databases are, and {@code managedredis.test.lease} how long one may be there, by default
 * {@code PT1H}: a run that is killed leaves its databases, and the first run after that time deletes them. Tests that take the
 * {@link LocalManagedRedis} are skipped then.
 *
 * <p>Safe for use by several threads. Needs JUnit Jupiter 5.13 or newer, 6 included.
 */
public final class ManagedRedisExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ManagedRedisExtension.class);
    private static final Object OF_ANNOTATION = EphemeralDatabase.class;

    private final @Nullable DatabaseRequest request;
    private final Object key;
    private final List<TestDatabase> databases = new CopyOnWriteArrayList<>();

    /** Made by JUnit for {@link EphemeralDatabase}. */
    public ManagedRedisExtension() {
        this.request = null;
        this.key = OF_ANNOTATION;
    }

    @SuppressWarnings("this-escape")
    private ManagedRedisExtension(DatabaseRequest request) {
        this.request = request;
        this.key = this;
    }

    /** Begins an extension for a field. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The database of the running test.
     *
     * @throws IllegalStateException when there is none, or several classes that run at the same time share this extension
     */
    public Database database() {
        return current().as(Database.class, null);
    }

    /** A management client that shows it; fails as {@link #database()}. Closed by the extension. */
    public ManagedRedisClient client() {
        return current().as(ManagedRedisClient.class, null);
    }

    /** Connections that send writes to the primary and reads to the local replica; fails as {@link #database()}. */
    public RegionalRedis redis() {
        return current().as(RegionalRedis.class, null);
    }

    /** One such connection, the same for the whole test; fails as {@link #database()}. Closed by the extension. */
    @SuppressWarnings("unchecked")
    public RegionalConnection<String, String> connection() {
        return current().as(RegionalConnection.class, null);
    }

    /** The address of the primary; fails as {@link #database()}. */
    public RedisURI uri() {
        return current().as(RedisURI.class, null);
    }

    /** The address of a region; fails as {@link #database()}, and when the database is not in that region. */
    public RedisURI uri(String region) {
        return current().as(RedisURI.class, Objects.requireNonNull(region, "region"));
    }

    /**
     * The service that the database is on; fails as {@link #database()}. All tests of the JVM share it; do not close it. The
     * test is skipped where the database is at the provider.
     */
    public LocalManagedRedis service() {
        return current().as(LocalManagedRedis.class, null);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (request != null) {
            if (ofClass(context) == null) {
                databases.add(start(context, key, request));
            }
            return;
        }
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EphemeralDatabase.class)
                .filter(annotation -> isDeclaredFor(context))
                .ifPresent(annotation -> start(context, key, requestOf(annotation)));
        for (Field field : AnnotatedFields.ofClass(context.getRequiredTestClass(), EphemeralDatabase.class)) {
            FieldClaims.of(context).claim(field, context);
            AnnotatedFields.set(field, null, start(context, field, requestOf(field)), regionOf(field));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase ofClass = ofClass(context);
        if (ofClass != null) {
            ofClass.empty();
        } else if (request != null) {
            databases.add(start(context, key, request));
        }
        if (request == null) {
            context.getRequiredTestInstances().getAllInstances().forEach(instance -> prepareFields(context, instance));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        boolean annotated = context.getStore(NAMESPACE).get(OF_ANNOTATION) != null;
        return TestDatabase.supports(parameter.getParameter().getType()) && (request == null || !annotated);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestDatabase database = ofClass(context);
        if (database == null) {
            String name = parameter.getParameter().getName();
            throw new ParameterResolutionException(
                    request == null
                            ? "the class has no database for parameter '" + name
                                    + "': annotate the class, and not only fields, with @"
                                    + EphemeralDatabase.class.getSimpleName()
                            : "there is no database yet for parameter '" + name
                                    + "': the extension is an instance field, which has one for each test. Make the field"
                                    + " static, or take the parameter in the test");
        }
        ServedType.check(parameter.getParameter().getParameterizedType());
        return database.as(
                parameter.getParameter().getType(),
                parameter.findAnnotation(InRegion.class).map(InRegion::value).orElse(null));
    }

    private void prepareFields(ExtensionContext context, Object instance) {
        for (Field field : AnnotatedFields.ofClass(instance.getClass(), EphemeralDatabase.class)) {
            TestDatabase ofField = context.getStore(NAMESPACE).get(field, TestDatabase.class);
            if (ofField != null) {
                ofField.empty();
            }
        }
        for (Field field : AnnotatedFields.ofInstance(instance.getClass(), EphemeralDatabase.class)) {
            AnnotatedFields.set(field, instance, start(context, new Object(), requestOf(field)), regionOf(field));
        }
    }

    /** A nested class without an annotation of its own shares the database of the class around it. */
    private boolean isDeclaredFor(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(EphemeralDatabase.class) || ofClass(context) == null;
    }

    private @Nullable TestDatabase ofClass(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(key, TestDatabase.class);
    }

    private TestDatabase current() {
        databases.removeIf(TestDatabase::isClosed);
        List<TestDatabase> open = List.copyOf(databases);
        if (open.isEmpty()) {
            throw new IllegalStateException(
                    request == null
                            ? "this extension was made without options: use ManagedRedisExtension.builder()"
                            : "there is no database now: it exists from before the first test of a class until after the"
                                    + " last where the field is static, else during a test");
        }
        if (open.size() > 1) {
            throw new IllegalStateException("classes that run at the same time share this extension, which has "
                    + open.size() + " databases now: take what is needed as a parameter of the test");
        }
        return open.get(0);
    }

    private static TestDatabase start(ExtensionContext context, Object key, DatabaseRequest request) {
        TestDatabase database = SharedSources.of(context).create(request);
        Store store = context.getStore(NAMESPACE);
        store.put(key, database);
        return database;
    }

    private static DatabaseRequest requestOf(Field field) {
        return requestOf(Objects.requireNonNull(field.getAnnotation(EphemeralDatabase.class)));
    }

    private static DatabaseRequest requestOf(EphemeralDatabase annotation) {
        Builder request = builder()
                .primaryRegion(annotation.primaryRegion())
                .readRegions(annotation.readRegions())
                .eviction(annotation.eviction())
                .consistency(annotation.consistency())
                .distances(annotation.distances());
        if (!annotation.plan().isBlank()) {
            request.plan(annotation.plan());
        }
        if (!annotation.localRegion().isBlank()) {
            request.localRegion(annotation.localRegion());
        }
        return request.request();
    }

    private static @Nullable String regionOf(Field field) {
        InRegion region = field.getAnnotation(InRegion.class);
        return region == null ? null : region.value();
    }

    /** Options of a database for tests. Not safe for use by several threads. */
    public static final class Builder {

        private Region primaryRegion = Region.of("mad");
        private List<Region> readRegions = List.of();
        private @Nullable PlanId plan;
        private Eviction eviction = Eviction.DISABLED;
        private @Nullable Region localRegion;
        private Consistency consistency = Consistency.READ_YOUR_WRITES;
        private boolean distances;

        private Builder() {}

        /** The region of the primary. Default: {@code mad}. */
        public Builder primaryRegion(String code) {
            primaryRegion = Region.of(code);
            return this;
        }

        /** The regions of the replicas, all of them. Default: none. */
        public Builder readRegions(String... codes) {
            readRegions = Arrays.stream(codes).map(Region::of).toList();
            return this;
        }

        /** The plan by its name or identifier. Default: the service's own default, pay-as-you-go. */
        public Builder plan(String nameOrId) {
            plan = PlanId.of(nameOrId);
            return this;
        }

        /** What happens when the data reaches the plan's size. Default: writes are refused, as at the provider. */
        public Builder eviction(Eviction wanted) {
            eviction = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /** The region the test stands in, for {@link RegionalRedis} and addresses. Default: that of the primary. */
        public Builder localRegion(String code) {
            localRegion = Region.of(code);
            return this;
        }

        /** How current reads through {@link RegionalRedis} must be. Default: {@link Consistency#READ_YOUR_WRITES}. */
        public Builder consistency(Consistency level) {
            consistency = Objects.requireNonNull(level, "level");
            return this;
        }

        /**
         * Whether bytes between regions take as long as they do in the world, on the way between client, replica and primary.
         * Default: no, regions are side by side. At the provider they always do.
         */
        public Builder distances(boolean asInTheWorld) {
            distances = asInTheWorld;
            return this;
        }

        /**
         * The extension, which starts nothing before the tests do.
         *
         * @throws io.managedredis.error.InvalidRequestException when the read regions contain the primary or one region twice
         */
        public ManagedRedisExtension build() {
            return new ManagedRedisExtension(request());
        }

        private DatabaseRequest request() {
            return new DatabaseRequest(
                    primaryRegion,
                    readRegions,
                    plan,
                    eviction,
                    localRegion == null ? primaryRegion : localRegion,
                    consistency,
                    distances);
        }
    }
}
