package io.managedredis.lettuce;

import io.lettuce.core.Consumer;
import io.lettuce.core.GeoArgs;
import io.lettuce.core.GeoSearch;
import io.lettuce.core.GeoValue;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LMPopArgs;
import io.lettuce.core.LMoveArgs;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.Value;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments for any method of Lettuce's command interfaces, made from the types of its parameters. */
final class SampleArguments {

    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    private final String key;

    /** Arguments that name this key. */
    SampleArguments(String key) {
        this.key = key;
    }

    /** One argument for each parameter; empty when there is a type nothing is known of. */
    Optional<Object[]> of(Method method) {
        Type[] types = method.getGenericParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = sample(types[i], method.getParameterTypes()[i]);
            if (arguments[i] == null) {
                return Optional.empty();
            }
        }
        return Optional.of(arguments);
    }

    private Object sample(Type type, Class<?> raw) {
        if (raw.isArray() && raw != byte[].class && raw != char[].class) {
            Type component = type instanceof GenericArrayType generic
                    ? generic.getGenericComponentType()
                    : raw.getComponentType();
            Object one = sample(component, raw.getComponentType());
            if (one == null) {
                return null;
            }
            Object array = Array.newInstance(raw.getComponentType(), 1);
            Array.set(array, 0, one);
            return array;
        }
        if (type instanceof TypeVariable<?> variable) {
            return variable.getName().equals("K") ? key : "1";
        }
        if (type instanceof WildcardType wildcard && raw == Object.class) {
            return sample(wildcard.getUpperBounds()[0], raw);
        }
        Object simple = simple(raw);
        return simple != null ? simple : composed(type, raw);
    }

    private Object simple(Class<?> raw) {
        if (raw == String.class || raw == CharSequence.class || raw == Object.class) {
            return "1";
        }
        if (raw == long.class || raw == Long.class) {
            return 1L;
        }
        if (raw == int.class || raw == Integer.class) {
            return 1;
        }
        if (raw == double.class || raw == Double.class || raw == Number.class) {
            return 1.0;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return true;
        }
        if (raw == byte[].class) {
            return "return 1".getBytes(StandardCharsets.US_ASCII);
        }
        if (raw == char[].class) {
            return "1".toCharArray();
        }
        if (raw == Duration.class) {
            return Duration.ofDays(10_000);
        }
        if (raw == Instant.class) {
            return LATER;
        }
        return raw == Date.class ? Date.from(LATER) : null;
    }

    private Object composed(Type type, Class<?> raw) {
        if (raw == Map.class) {
            return Map.of(
                    sample(argument(type, 0), Object.class),
                    argument(type, 1) instanceof Class<?> exact ? sample(exact, exact) : "1");
        }
        if (raw == List.class || raw == Iterable.class) {
            return List.of(sample(argument(type, 0), erased(argument(type, 0))));
        }
        if (raw == Range.class) {
            Type of = argument(type, 0);
            boolean numbers =
                    of instanceof WildcardType || of == Number.class || of == Long.class || of == Double.class;
            return numbers ? Range.create(0, 10) : of == String.class ? Range.create("-", "+") : Range.create("0", "z");
        }
        if (raw == Limit.class) {
            return Limit.create(0, 5);
        }
        if (raw == Consumer.class) {
            return Consumer.from("group", "consumer");
        }
        if (raw == StreamOffset.class) {
            return StreamOffset.from(key, "0-0");
        }
        if (raw == ScanCursor.class) {
            return ScanCursor.INITIAL;
        }
        if (raw == ScoredValue.class) {
            return ScoredValue.just(1, "1");
        }
        if (raw == KeyValue.class) {
            return KeyValue.just(key, "1");
        }
        if (raw == Value.class) {
            return Value.just("1");
        }
        if (raw == LMoveArgs.class) {
            return LMoveArgs.Builder.leftRight();
        }
        if (raw == LMPopArgs.class) {
            return LMPopArgs.Builder.left();
        }
        if (raw == GeoValue.class) {
            return GeoValue.just(2, 48, "1");
        }
        if (raw == GeoSearch.GeoRef.class) {
            return GeoSearch.fromCoordinates(2, 48);
        }
        if (raw == GeoSearch.GeoPredicate.class) {
            return GeoSearch.byRadius(500, GeoArgs.Unit.km);
        }
        if (raw == CommandOutput.class) {
            return new NestedMultiOutput<>(StringCodec.UTF8);
        }
        if (raw == CommandArgs.class) {
            return new CommandArgs<>(StringCodec.UTF8).addKey(key);
        }
        if (raw == ProtocolKeyword.class) {
            return CommandType.TYPE;
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        return raw.isInterface() ? channel(raw) : constructed(raw);
    }

    private static Type argument(Type type, int position) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[position]
                : Object.class;
    }

    private static Class<?> erased(Type type) {
        return type instanceof Class<?> exact ? exact : Object.class;
    }

    /** A streaming channel, which is a function that takes what arrives. */
    private static Object channel(Class<?> raw) {
        boolean function = raw.getSimpleName().endsWith("Channel");
        return function
                ? Proxy.newProxyInstance(raw.getClassLoader(), new Class<?>[] {raw}, (proxy, method, arguments) -> null)
                : null;
    }

    private static Object constructed(Class<?> raw) {
        try {
            return raw.getConstructor().newInstance();
        } catch (ReflectiveOperationException otherwiseMade) {
            return null;
        }
    }
}
