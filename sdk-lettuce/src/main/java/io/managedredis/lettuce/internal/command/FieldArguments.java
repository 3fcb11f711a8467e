package io.managedredis.lettuce.internal.command;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.codec.ToByteBufEncoder;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the argument objects themselves. Lettuce keeps them package-private and offers no accessor that does not allocate, so
 * the handles are taken by a private look-up once; where that is refused, or a Lettuce has other fields, {@link #find} is empty.
 */
final class FieldArguments implements Arguments {

    // Constants of the class, so that the compiler sees through the handles.
    private static final @Nullable Handles HANDLES = Handles.find();
    private static final Class<?> KEY = HANDLES == null ? Void.class : HANDLES.keyType;
    private static final Class<?> VALUE = HANDLES == null ? Void.class : HANDLES.valueType;
    private static final Class<?> BYTES = HANDLES == null ? Void.class : HANDLES.bytesType;
    private static final Class<?> STRING = HANDLES == null ? Void.class : HANDLES.stringType;
    private static final Class<?> CHARS = HANDLES == null ? Void.class : HANDLES.charsType;
    private static final Class<?> INTEGER = HANDLES == null ? Void.class : HANDLES.integerType;
    private static final MethodHandle LIST = HANDLES == null ? absent() : HANDLES.list;
    private static final MethodHandle KEY_OBJECT = HANDLES == null ? absent() : HANDLES.keyObject;
    private static final MethodHandle KEY_CODEC = HANDLES == null ? absent() : HANDLES.keyCodec;
    private static final MethodHandle VALUE_OBJECT = HANDLES == null ? absent() : HANDLES.valueObject;
    private static final MethodHandle VALUE_CODEC = HANDLES == null ? absent() : HANDLES.valueCodec;
    private static final MethodHandle BYTES_ARRAY = HANDLES == null ? absent() : HANDLES.bytes;
    private static final MethodHandle STRING_TEXT = HANDLES == null ? absent() : HANDLES.string;
    private static final MethodHandle CHARS_ARRAY = HANDLES == null ? absent() : HANDLES.chars;
    private static final MethodHandle INTEGER_NUMBER = HANDLES == null ? absent() : HANDLES.integer;

    private FieldArguments() {}

    static Optional<Arguments> find() {
        return HANDLES == null ? Optional.empty() : Optional.of(new FieldArguments());
    }

    @Override
    public int count(CommandArgs<?, ?> args) {
        return args.count();
    }

    @Override
    public boolean is(CommandArgs<?, ?> args, int position, byte[] upperCaseWord) {
        Object argument = argument(args, position);
        if (BYTES.isInstance(argument)) {
            return Words.is((byte[]) object(BYTES_ARRAY, argument), upperCaseWord);
        }
        if (STRING.isInstance(argument)) {
            return Words.is((String) object(STRING_TEXT, argument), upperCaseWord);
        }
        if (CHARS.isInstance(argument)) {
            return Words.is(CharBuffer.wrap((char[]) object(CHARS_ARRAY, argument)), upperCaseWord);
        }
        if (KEY.isInstance(argument)) {
            return isEncoded(object(KEY_OBJECT, argument), upperCaseWord);
        }
        return VALUE.isInstance(argument) && isEncoded(object(VALUE_OBJECT, argument), upperCaseWord);
    }

    /** Through a codec only text and bytes can be words: callers that send a subcommand as a key use one of these. */
    private static boolean isEncoded(@Nullable Object object, byte[] upperCaseWord) {
        if (object instanceof String text) {
            return Words.is(text, upperCaseWord);
        }
        return object instanceof byte[] bytes && Words.is(bytes, upperCaseWord);
    }

    @Override
    public int number(CommandArgs<?, ?> args, int position) {
        Object argument = argument(args, position);
        if (INTEGER.isInstance(argument)) {
            return Words.countOrNone(number(argument));
        }
        Object object = null;
        if (STRING.isInstance(argument)) {
            object = object(STRING_TEXT, argument);
        } else if (BYTES.isInstance(argument)) {
            object = object(BYTES_ARRAY, argument);
        } else if (KEY.isInstance(argument)) {
            object = object(KEY_OBJECT, argument);
        } else if (VALUE.isInstance(argument)) {
            object = object(VALUE_OBJECT, argument);
        }
        if (object instanceof byte[] bytes) {
            object = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return object instanceof String text ? Words.number(text) : -1;
    }

    @Override
    public long hash(CommandArgs<?, ?> args, int position) {
        Object argument = argument(args, position);
        if (KEY.isInstance(argument)) {
            Object key = object(KEY_OBJECT, argument);
            // Only the shared codec is known by its identity: another may have any character set, a subclass may do
            // anything. Compared before it is cast, for that is not free.
            return key instanceof String text && object(KEY_CODEC, argument) == StringCodec.UTF8
                    ? KeyHash.of(text)
                    : hashKey(codec(KEY_CODEC, argument), key);
        }
        if (BYTES.isInstance(argument)) {
            return KeyHash.of((byte[]) object(BYTES_ARRAY, argument));
        }
        if (STRING.isInstance(argument)) {
            return KeyHash.of((String) object(STRING_TEXT, argument));
        }
        if (VALUE.isInstance(argument)) {
            return hashValue(codec(VALUE_CODEC, argument), object(VALUE_OBJECT, argument));
        }
        if (INTEGER.isInstance(argument)) {
            return KeyHash.of(Long.toString(number(argument)));
        }
        // Rare as a key: a character array or a floating point number. toString is not what is sent for the former.
        return CHARS.isInstance(argument)
                ? KeyHash.of(new String((char[]) object(CHARS_ARRAY, argument)))
                : KeyHash.of(String.valueOf(argument));
    }

    @Override
    public long exactHash(CommandArgs<?, ?> args, int position) {
        Object argument = argument(args, position);
        if (KEY.isInstance(argument)) {
            Object key = object(KEY_OBJECT, argument);
            if (key instanceof String text && KeyHash.hasSurrogates(text)) {
                return hashKey(codec(KEY_CODEC, argument), key);
            }
        }
        return hash(args, position);
    }

    @Override
    public boolean mayHaveReplacements(CommandArgs<?, ?> args, int position) {
        Object argument = argument(args, position);
        if (!KEY.isInstance(argument)) {
            return true;
        }
        Object key = object(KEY_OBJECT, argument);
        if (key instanceof String text && object(KEY_CODEC, argument) == StringCodec.UTF8) {
            return text.indexOf('?') >= 0 || KeyHash.hasSurrogates(text);
        }
        return true;
    }

    private static long hashKey(RedisCodec<Object, Object> codec, Object key) {
        ByteBuf encoded = Scratch.buffer();
        try {
            if (codec instanceof ToByteBufEncoder) {
                encoder(codec).encodeKey(key, encoded);
            } else {
                encoded.writeBytes(codec.encodeKey(key));
            }
            return KeyHash.of(encoded, 0, encoded.writerIndex());
        } finally {
            Scratch.done(encoded);
        }
    }

    private static long hashValue(RedisCodec<Object, Object> codec, Object value) {
        ByteBuf encoded = Scratch.buffer();
        try {
            if (codec instanceof ToByteBufEncoder) {
                encoder(codec).encodeValue(value, encoded);
            } else {
                ByteBuffer bytes = codec.encodeValue(value);
                encoded.writeBytes(bytes);
            }
            return KeyHash.of(encoded, 0, encoded.writerIndex());
        } finally {
            Scratch.done(encoded);
        }
    }

    @SuppressWarnings("unchecked")
    private static ToByteBufEncoder<Object, Object> encoder(RedisCodec<Object, Object> codec) {
        return (ToByteBufEncoder<Object, Object>) codec;
    }

    private static Object argument(CommandArgs<?, ?> args, int position) {
        Object list = object(LIST, args);
        // A cast to a class is cheaper than one to an interface.
        return list instanceof ArrayList<?> array ? array.get(position - 1) : ((List<?>) list).get(position - 1);
    }

    @SuppressWarnings("unchecked")
    private static RedisCodec<Object, Object> codec(MethodHandle getter, Object argument) {
        return (RedisCodec<Object, Object>) object(getter, argument);
    }

    private static Object object(MethodHandle getter, Object owner) {
        try {
            return (Object) getter.invokeExact(owner);
        } catch (Throwable impossible) {
            throw new LinkageError("A field of Lettuce's arguments could not be read", impossible);
        }
    }

    private static long number(Object argument) {
        try {
            return (long) INTEGER_NUMBER.invokeExact(argument);
        } catch (Throwable impossible) {
            throw new LinkageError("A field of Lettuce's arguments could not be read", impossible);
        }
    }

    private static MethodHandle absent() {
        return MethodHandles.empty(MethodType.methodType(Object.class, Object.class));
    }

    private record Handles(
            Class<?> keyType,
            Class<?> valueType,
            Class<?> bytesType,
            Class<?> stringType,
            Class<?> charsType,
            Class<?> integerType,
            MethodHandle list,
            MethodHandle keyObject,
            MethodHandle keyCodec,
            MethodHandle valueObject,
            MethodHandle valueCodec,
            MethodHandle bytes,
            MethodHandle string,
            MethodHandle chars,
            MethodHandle integer) {

        static @Nullable Handles find() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(CommandArgs.class, MethodHandles.lookup());
                Class<?> key = nested("KeyArgument");
                Class<?> value = nested("ValueArgument");
                Class<?> bytes = nested("BytesArgument");
                Class<?> string = nested("StringArgument");
                Class<?> chars = nested("CharArrayArgument");
                Class<?> integer = nested("IntegerArgument");
                return new Handles(
                        key,
                        value,
                        bytes,
                        string,
                        chars,
                        integer,
                        getter(lookup, CommandArgs.class, "singularArguments", List.class),
                        getter(lookup, key, "key", Object.class),
                        getter(lookup, key, "codec", RedisCodec.class),
                        getter(lookup, value, "val", Object.class),
                        getter(lookup, value, "codec", RedisCodec.class),
                        getter(lookup, bytes, "val", byte[].class),
                        getter(lookup, string, "val", String.class),
                        getter(lookup, chars, "val", char[].class),
                        lookup.findGetter(integer, "val", long.class)
                                .asType(MethodType.methodType(long.class, Object.class)));
            } catch (ReflectiveOperationException | RuntimeException otherLettuceOrClosedModule) {
                return null;
            }
        }

        private static Class<?> nested(String name) throws ClassNotFoundException {
            return Class.forName(CommandArgs.class.getName() + "$" + name, false, CommandArgs.class.getClassLoader());
        }

        private static MethodHandle getter(MethodHandles.Lookup lookup, Class<?> owner, String field, Class<?> type)
                throws ReflectiveOperationException {
            return lookup.findGetter(owner, field, type).asType(MethodType.methodType(Object.class, Object.class));
        }
    }
}
