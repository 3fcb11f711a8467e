package io.managedredis.lettuce.internal.connection;

import io.managedredis.error.ManagedRedisException;
import io.managedredis.lettuce.error.AllEndpointsFailedException;
import io.managedredis.lettuce.error.CredentialsRefusedException;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Gives failures to connect their types. */
final class ConnectFailures {

    private ConnectFailures() {}

    static ManagedRedisException typed(String problem, Map<String, Throwable> failures) {
        for (Map.Entry<String, Throwable> each : failures.entrySet()) {
            String message = ServiceAnswers.rootMessage(each.getValue());
            if (ServiceAnswers.isCredentials(message)) {
                return new CredentialsRefusedException(each.getKey(), each.getValue());
            }
            var limit = ServiceAnswers.limit(message, each.getValue());
            if (limit.isPresent()) {
                return limit.get();
            }
        }
        return new AllEndpointsFailedException(problem + hint(failures), failures);
    }

    private static String hint(Map<String, Throwable> failures) {
        for (Throwable failure : failures.values()) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SSLException) {
                    return " (does the server speak TLS? rediss:// needs it, redis:// is without)";
                }
                String message = String.valueOf(cause.getMessage());
                if (message.contains("closed prematurely") || message.contains("initialization timed out")) {
                    return " (if one of the two speaks TLS and the other does not: rediss:// is with, redis:// without)";
                }
            }
        }
        return "";
    }
}
