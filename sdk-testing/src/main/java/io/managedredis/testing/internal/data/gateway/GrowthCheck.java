package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Command;
import io.managedredis.testing.internal.data.command.Growth;
import io.managedredis.testing.internal.data.limits.Capacity;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.resp.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at writes that may make the data or a record too large, while both are near their limits only. The data is measured
 * first then, with nothing of this client under way. Used on one event loop.
 */
final class GrowthCheck {

    private static final String RECORD_TOO_LARGE = "ERR max single record size exceeded";

    /** What Redis allows for a text, whatever the plan. */
    private static final long LARGEST_TEXT = 512L << 20;

    /** Writes of which the arguments are the whole record, whatever it was before. */
    private static final Set<String> REPLACE =
            Set.of("SET", "SETEX", "PSETEX", "SETNX", "GETSET", "MSET", "MSETNX", "RESTORE");

    private final ClientSession session;
    private final Capacity capacity;
    private final RedisControl primary;

    GrowthCheck(ClientSession session, Gateway gateway) {
        this.session = session;
        this.capacity = gateway.capacity();
        this.primary = gateway.primaryControl();
    }

    /** Whether it is necessary for this write; notes that the write will be sent. */
    boolean isNeeded(Command command, Request request) {
        return command.growth() != Growth.NONE
                && capacity.isWatching()
                && capacity.mayExceed(command.growth(), request.bytes(), request.count());
    }

    /** What has come of it. */
    enum Outcome {
        ALLOWED,
        REFUSED,
        MUST_WAIT
    }

    Outcome check(Request request) {
        if (request.command().growth() == Growth.NONE
                || !request.isPrepared() && !isNeeded(request.command(), request)) {
            return Outcome.ALLOWED;
        }
        if (session.upstreams().mustWaitForAnswers()) {
            return Outcome.MUST_WAIT;
        }
        if (!request.isPrepared()) {
            request.prepared();
            session.asking().ask(capacity.settled().thenCombine(recordSize(request), (settled, bytes) -> bytes));
            return Outcome.MUST_WAIT;
        }
        long record = session.asking().<Long>answer().orElse(0L);
        return record > capacity.largestRecord() ? Outcome.REFUSED : Outcome.ALLOWED;
    }

    boolean refuse() {
        return session.refuseRequest(RECORD_TOO_LARGE);
    }

    /** How large the record will be; 0 where that does not matter. */
    private CompletableFuture<Long> recordSize(Request request) {
        Command command = request.command();
        boolean matters = capacity.largestRecord() != Long.MAX_VALUE
                && session.state().database == 0
                && command.firstKey() > 0
                && command.firstKey() < request.count()
                && !REPLACE.contains(command.name());
        if (!matters) {
            return CompletableFuture.completedFuture(0L);
        }
        String key = new String(request.argument(command.firstKey()), StandardCharsets.UTF_8);
        long added = added(request);
        long reached = reached(request);
        return primary.ask("STRLEN", key)
                .thenCombine(
                        primary.ask("MEMORY", "USAGE", key),
                        (length, usage) -> length instanceof Reply.Number text
                                ? Math.max(reached, text.value() + (reached == 0 ? added : 0))
                                : added + (usage instanceof Reply.Number bytes ? bytes.value() : 0));
    }

    private static long added(Request request) {
        long added = 0;
        for (int i = request.command().firstKey() + 1; i < request.count(); i++) {
            added += request.length(i);
        }
        return added;
    }

    /** Up to where a write at an offset makes a text reach; 0 where Redis itself refuses it. */
    private static long reached(Request request) {
        boolean range = request.name().equals("SETRANGE");
        boolean bit = request.name().equals("SETBIT");
        if (!range && !bit || request.count() != 4 || !request.text(2).matches("[0-9]{1,12}")) {
            return 0;
        }
        long offset = Long.parseLong(request.text(2));
        long reached = range ? offset + request.length(3) : offset / 8 + 1;
        return reached > LARGEST_TEXT ? 0 : reached;
    }
}
