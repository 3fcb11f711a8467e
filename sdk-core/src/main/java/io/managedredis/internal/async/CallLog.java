package io.managedredis.internal.async;

import io.managedredis.ManagedRedisClient;
import io.managedredis.event.CallEvent;
import io.managedredis.event.CallEvent.AttemptEnded;
import io.managedredis.event.CallEvent.CallEnded;
import io.managedredis.event.CallEvent.CallInfo;
import io.managedredis.event.CallEvent.RetryScheduled;
import io.managedredis.event.CallListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes the log: requests at debug, repetitions at warn. Failures of calls are thrown, so they are logged at debug only. */
public final class CallLog implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedRedisClient.class);

    @Override
    public void onEvent(CallEvent event) {
        if (event instanceof AttemptEnded ended) {
            attempt(ended);
        } else if (event instanceof RetryScheduled retry) {
            about(LOG.atWarn(), retry.call())
                    .addKeyValue("request", retry.request())
                    .log(
                            "{} will be sent again in {} ms: {}",
                            retry.request(),
                            retry.delay().toMillis(),
                            retry.failure().getMessage());
        } else if (event instanceof CallEnded ended) {
            call(ended);
        }
    }

    private static void attempt(AttemptEnded ended) {
        about(LOG.atDebug(), ended.call())
                .addKeyValue("request", ended.request())
                .addKeyValue("attempt", ended.attempt())
                .addKeyValue("durationMs", ended.duration().toMillis())
                .addKeyValue("status", ended.status())
                .addKeyValue("requestId", ended.requestId())
                .log(
                        "{} of {} {}, attempt {}: {} after {} ms, request id {}",
                        ended.request(),
                        ended.call().operation(),
                        ended.call().database(),
                        ended.attempt(),
                        ended.failure() == null ? "answered" : "failed",
                        ended.duration().toMillis(),
                        ended.requestId());
    }

    private static void call(CallEnded ended) {
        about(LOG.atDebug(), ended.call())
                .addKeyValue("attempts", ended.attempts())
                .addKeyValue("durationMs", ended.duration().toMillis())
                .log(
                        "{} {}: {} after {} ms and {} attempts",
                        ended.call().operation(),
                        ended.call().database(),
                        ended.failure() == null
                                ? "done"
                                : String.valueOf(ended.failure().getMessage()),
                        ended.duration().toMillis(),
                        ended.attempts());
    }

    private static LoggingEventBuilder about(LoggingEventBuilder log, CallInfo call) {
        return log.addKeyValue("operation", call.operation()).addKeyValue("database", call.database());
    }
}
