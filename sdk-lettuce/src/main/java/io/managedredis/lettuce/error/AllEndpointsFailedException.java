package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** No endpoint of the database could be reached, or none that may serve what was asked. Carries the error of each. */
public final class AllEndpointsFailedException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Throwable> failures;

    /**
     * An error with the errors of the endpoints.
     *
     * @param problem what could not be done
     * @param failures the error of each endpoint by its name, passwords redacted, in the order they were tried
     */
    public AllEndpointsFailedException(String problem, Map<String, Throwable> failures) {
        super(message(problem, failures), failures.values().stream().findFirst().orElse(null));
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        failures.values().stream().skip(1).forEach(this::addSuppressed);
    }

    /** The error of each endpoint by its name, in the order they were tried. */
    public Map<String, Throwable> failures() {
        return failures == null ? Map.of() : failures;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }

    private static String message(String problem, Map<String, Throwable> failures) {
        return failures.entrySet().stream()
                .map(failure -> failure.getKey() + ": " + rootMessage(failure.getValue()))
                .collect(Collectors.joining("; ", problem + ": ", ""));
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
