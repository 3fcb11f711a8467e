package io.managedredis.junit5.internal;

import io.managedredis.testing.RedisUnavailableException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.opentest4j.TestAbortedException;

/** The source that all tests of a launcher session share, which is closed at the session's end. */
public final class SharedSources {

    private static final Namespace NAMESPACE = Namespace.create(SharedSources.class);
    private static final String REPORT_ENTRY = "managedredis.test.sweep";

    private final ExtensionContext context;

    private SharedSources(ExtensionContext context) {
        this.context = context;
    }

    /** The source for a test or a class. */
    public static SharedSources of(ExtensionContext context) {
        return new SharedSources(context);
    }

    /**
     * Creates a database. The caller closes it.
     *
     * @throws TestAbortedException when there is no Redis here
     */
    public TestDatabase create(DatabaseRequest request) {
        try {
            return source().create(request);
        } catch (RedisUnavailableException noRedis) {
            throw new TestAbortedException("skipped, for there is no Redis here: " + noRedis.getMessage(), noRedis);
        }
    }

    private DatabaseSource source() {
        SourceSettings settings = SourceSettings.read(context::getConfigurationParameter, System::getenv);
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(
                        settings,
                        wanted -> wanted.open(what -> context.publishReportEntry(REPORT_ENTRY, what)),
                        DatabaseSource.class);
    }
}
