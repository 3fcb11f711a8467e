package io.managedredis.testing.internal.page;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.fault.ApiAnswerLost;
import io.managedredis.testing.fault.ApiError;
import io.managedredis.testing.fault.ApiFault;
import io.managedredis.testing.fault.ConnectionBlackHoled;
import io.managedredis.testing.fault.ConnectionCut;
import io.managedredis.testing.fault.DataFault;
import io.managedredis.testing.fault.Fault;
import io.managedredis.testing.fault.PasswordRejected;
import io.managedredis.testing.fault.RegionDown;
import io.managedredis.testing.fault.RegionSlow;
import io.managedredis.testing.fault.ReplicationPaused;
import io.managedredis.testing.fault.ReplicationSlow;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of faults as the page knows them: one for each, with what it can be told. */
enum FaultKind {
    REGION_DOWN(
            RegionDown.class,
            "Region down",
            "Connections are cut and new ones refused; nothing is replicated to or from it.",
            List.of(),
            ofData((form, where) -> new RegionDown(where.region(), where.database()))),
    REGION_SLOW(
            RegionSlow.class,
            "Region slow",
            "The way to it takes longer, for clients and for other regions.",
            List.of(Parameters.DELAY, Parameters.JITTER),
            ofData((form, where) -> new RegionSlow(
                    where.region(), where.database(), form.millis(Parameters.DELAY), form.millis(Parameters.JITTER)))),
    REPLICATION_SLOW(
            ReplicationSlow.class,
            "Replication slow",
            "Its replica gets what the primary has later.",
            List.of(Parameters.LAG, Parameters.JITTER),
            ofData((form, where) -> new ReplicationSlow(
                    where.region(), where.database(), form.millis(Parameters.LAG), form.millis(Parameters.JITTER)))),
    REPLICATION_PAUSED(
            ReplicationPaused.class,
            "Replication paused",
            "Its replica gets nothing more; at the end it catches up.",
            List.of(),
            ofData((form, where) -> new ReplicationPaused(where.region(), where.database()))),
    CONNECTION_CUT(
            ConnectionCut.class,
            "Connections cut",
            "Every connection there is now is closed, once. New ones are not concerned.",
            List.of(),
            ofData((form, where) -> new ConnectionCut(where.region(), where.database()))),
    CONNECTION_BLACK_HOLED(
            ConnectionBlackHoled.class,
            "Connections silent",
            "Nothing comes through in either direction, and nobody is told.",
            List.of(),
            ofData((form, where) -> new ConnectionBlackHoled(where.region(), where.database()))),
    PASSWORD_REJECTED(
            PasswordRejected.class,
            "Password refused",
            "New connections are told that the right password is wrong.",
            List.of(),
            ofData((form, where) -> new PasswordRejected(where.region(), where.database()))),
    API_ERROR(
            ApiError.class,
            "API error",
            "The provisioning API answers with an error and does nothing.",
            List.of(
                    Parameters.OPERATION,
                    Parameters.STATUS,
                    Parameters.CODE,
                    Parameters.MESSAGE,
                    Parameters.RETRY_AFTER,
                    Parameters.TIMES),
            FaultKind::apiError),
    API_ANSWER_LOST(
            ApiAnswerLost.class,
            "API answer lost",
            "The API does what it is asked, then closes the connection without an answer.",
            List.of(Parameters.MUTATION, Parameters.TIMES),
            form -> new ApiAnswerLost(form.text(Parameters.MUTATION.name()), times(form)));

    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final Class<? extends Fault> type;
    private final String title;
    private final String effect;
    private final List<Parameter> parameters;
    private final Reader reader;

    FaultKind(Class<? extends Fault> type, String title, String effect, List<Parameter> parameters, Reader reader) {
        this.type = type;
        this.title = title;
        this.effect = effect;
        this.parameters = parameters;
        this.reader = reader;
    }

    @FunctionalInterface
    private interface Reader {
        Fault read(FaultForm form);
    }

    /** Where a fault of the data plane happens. */
    private record Where(@Nullable Region region, @Nullable DatabaseId database) {}

    /** In a class of its own, for constants are made before the fields of an enum. */
    private static final class Parameters {

        private static final List<String> MUTATIONS =
                List.of("createAddOn", "updateAddOn", "deleteAddOn", "resetAddOnPassword");

        static final Parameter DELAY = Parameter.millis("delayMillis", "Delay, one way", 200);
        static final Parameter JITTER = Parameter.millis("jitterMillis", "Jitter, at most", 0);
        static final Parameter LAG = Parameter.millis("lagMillis", "Lag", 1_000);
        static final Parameter OPERATION = Parameter.choice(
                "operation",
                "Operation",
                List.of(
                        "createAddOn",
                        "updateAddOn",
                        "deleteAddOn",
                        "resetAddOnPassword",
                        "addOn",
                        "addOns",
                        "addOnPlans",
                        "organization",
                        "organizations",
                        "platform"));
        static final Parameter MUTATION = Parameter.choice("operation", "Operation", MUTATIONS);
        static final Parameter STATUS = Parameter.number("status", "HTTP status", "", "503", 200, 599);
        static final Parameter CODE = Parameter.text("code", "Code", "SERVER_ERROR");
        static final Parameter MESSAGE = Parameter.text("message", "Message", "The request failed on purpose");
        static final Parameter RETRY_AFTER = Parameter.number("retryAfterSeconds", "Retry after", "s", "", 0, 86_400);
        static final Parameter TIMES = Parameter.number("times", "Times", "", "", 1, FOR_EVER - 1);
    }

    /**
     * Reads a fault.
     *
     * @throws InvalidRequestException when it is none
     */
    static Fault read(FaultForm form) {
        String name = form.text("kind");
        FaultKind kind = Arrays.stream(values())
                .filter(one -> one.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "kind",
                        "there is no such kind of fault",
                        Arrays.stream(values()).map(FaultKind::id).collect(Collectors.joining(", "))));
        Set<String> known = new HashSet<>(Set.of("kind"));
        if (kind.isOfData()) {
            known.addAll(Set.of("region", "database"));
        }
        kind.parameters.forEach(parameter -> known.add(parameter.name()));
        form.requireOnly(known);
        return kind.reader.read(form);
    }

    /** A fault in the fields that it is read from; what is all, none or for ever is left out. */
    static Map<String, Object> write(Fault fault) {
        FaultKind kind = of(fault);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind.id());
        if (fault instanceof DataFault ofData) {
            put(
                    fields,
                    "region",
                    ofData.region() == null ? null : ofData.region().code());
            put(
                    fields,
                    "database",
                    ofData.database() == null ? null : ofData.database().value());
        }
        if (fault instanceof RegionSlow slow) {
            fields.put(Parameters.DELAY.name(), slow.delay().toMillis());
            fields.put(Parameters.JITTER.name(), slow.jitter().toMillis());
        } else if (fault instanceof ReplicationSlow slow) {
            fields.put(Parameters.LAG.name(), slow.lag().toMillis());
            fields.put(Parameters.JITTER.name(), slow.jitter().toMillis());
        } else if (fault instanceof ApiError error) {
            put(fields, Parameters.OPERATION.name(), error.operation());
            fields.put(Parameters.STATUS.name(), error.status());
            fields.put(Parameters.CODE.name(), error.code());
            fields.put(Parameters.MESSAGE.name(), error.message());
            put(
                    fields,
                    Parameters.RETRY_AFTER.name(),
                    error.retryAfter() == null ? null : error.retryAfter().toSeconds());
        } else if (fault instanceof ApiAnswerLost lost) {
            put(fields, Parameters.OPERATION.name(), lost.operation());
        }
        if (fault instanceof ApiFault ofApi && ofApi.times() != FOR_EVER) {
            fields.put(Parameters.TIMES.name(), ofApi.times());
        }
        return fields;
    }

    /** The kind that a fault is of. */
    static FaultKind of(Fault fault) {
        return Arrays.stream(values())
                .filter(kind -> kind.type.isInstance(fault))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the page does not know " + fault));
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id());
        map.put("title", title);
        map.put("effect", effect);
        map.put("ofData", isOfData());
        map.put("once", this == CONNECTION_CUT);
        map.put("parameters", parameters.stream().map(Parameter::toMap).toList());
        return map;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean isOfData() {
        return DataFault.class.isAssignableFrom(type);
    }

    private static Reader ofData(BiFunction<FaultForm, Where, Fault> read) {
        return form -> read.apply(form, new Where(form.region(), form.database()));
    }

    private static Fault apiError(FaultForm form) {
        Integer status = form.number(Parameters.STATUS);
        Integer seconds = form.number(Parameters.RETRY_AFTER);
        return new ApiError(
                form.text(Parameters.OPERATION.name()),
                status == null ? 503 : status,
                Objects.requireNonNullElse(form.text(Parameters.CODE.name()), Parameters.CODE.usual()),
                Objects.requireNonNullElse(form.text(Parameters.MESSAGE.name()), Parameters.MESSAGE.usual()),
                seconds == null ? null : Duration.ofSeconds(seconds),
                times(form));
    }

    private static int times(FaultForm form) {
        Integer times = form.number(Parameters.TIMES);
        return times == null ? FOR_EVER : times;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
