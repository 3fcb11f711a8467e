package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.managedredis.lettuce.error.ServiceLimit;
import io.managedredis.lettuce.error.ServiceLimitException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes the texts in which the service refuses a command. */
final class ServiceAnswers {

    private static final Map<String, ServiceLimit> BEGINNINGS = beginnings();
    private static final Pattern ALLOWED = Pattern.compile("(?:Limit|Threshold): (\\d+)");
    private static final Pattern USAGE = Pattern.compile("(?:Usage|Actual): (\\d+)");

    private ServiceAnswers() {}

    /** The limit that an error text is about; empty when it is about something else. */
    static Optional<ServiceLimitException> limit(String error, @Nullable Throwable cause) {
        for (Map.Entry<String, ServiceLimit> each : BEGINNINGS.entrySet()) {
            if (error.startsWith(each.getKey())) {
                return Optional.of(new ServiceLimitException(
                        each.getValue(), error, number(ALLOWED, error), number(USAGE, error), cause));
            }
        }
        return Optional.empty();
    }

    /** The same of the answer to a command, whose plain error is the cause. */
    static Optional<ServiceLimitException> limitAnswered(String error) {
        return limit(error, new RedisCommandExecutionException(error));
    }

    /** Whether the server refuses the credentials. */
    static boolean isCredentials(@Nullable String error) {
        return error != null && (error.startsWith("WRONGPASS") || error.startsWith("NOAUTH"));
    }

    /** Whether a replica cannot answer now though the primary can. */
    static boolean isReplicaTrouble(String error) {
        return error.startsWith("LOADING")
                || error.startsWith("MASTERDOWN")
                || error.startsWith("ERR max concurrent connections exceeded")
                || isCredentials(error);
    }

    /** Whether a write was refused since the server is a replica; asked after the service's own refusals, which begin alike. */
    static boolean isReplicasRefusal(String error) {
        return error.startsWith("READONLY");
    }

    /** The first text among the causes that is not null. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static Map<String, ServiceLimit> beginnings() {
        Map<String, ServiceLimit> beginnings = new LinkedHashMap<>();
        beginnings.put("ERR max daily request limit exceeded", ServiceLimit.DAILY_COMMANDS);
        beginnings.put("ERR max requests limit exceeded", ServiceLimit.MONTHLY_COMMANDS);
        beginnings.put("ERR DB capacity quota exceeded", ServiceLimit.DATA_SIZE);
        beginnings.put("ERR max request size exceeded", ServiceLimit.REQUEST_SIZE);
        beginnings.put("ERR max single record size exceeded", ServiceLimit.RECORD_SIZE);
        beginnings.put("ERR max key size exceeded", ServiceLimit.KEY_SIZE);
        beginnings.put("ERR max concurrent connections exceeded", ServiceLimit.CONNECTIONS);
        beginnings.put("ERR This database has been suspended", ServiceLimit.BUDGET);
        beginnings.put("READONLY Writes are temporarily rejected", ServiceLimit.SERVER_UPGRADE);
        return beginnings;
    }

    private static @Nullable Long number(Pattern pattern, String error) {
        Matcher matcher = pattern.matcher(error);
        try {
            return matcher.find() ? Long.valueOf(matcher.group(1)) : null;
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }
}
