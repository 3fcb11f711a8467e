package io.managedredis.lettuce.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.CompressionCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {

    private final Arguments fields = FieldArguments.find().orElseThrow();
    private final Arguments encoded = new EncodedArguments();

    @Test
    void should_read_the_fields_of_the_lettuce_in_use() {
        assertThat(Arguments.STANDARD).isInstanceOf(FieldArguments.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_agree_with_what_is_sent(long seed) {
        Random random = new Random(seed);
        for (RedisCodec<String, String> codec : List.of(
                StringCodec.UTF8,
                StringCodec.ASCII,
                new StringCodec(StandardCharsets.UTF_16BE),
                new StringCodec(StandardCharsets.ISO_8859_1),
                CompressionCodec.valueCompressor(StringCodec.UTF8, CompressionCodec.CompressionType.GZIP))) {
            CommandArgs<String, String> args = new CommandArgs<>(codec);
            IntStream.range(0, 1 + random.nextInt(20)).forEach(i -> add(args, random));
            for (int position = 1; position <= args.count(); position++) {
                assertThat(fields.hash(args, position))
                        .as("%s, argument %d of %s", codec, position, args)
                        .isEqualTo(encoded.hash(args, position));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_take_text_with_half_surrogates_for_the_key_it_is_sent_as(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            String text = halves(random);
            CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8).addKey(text);
            ByteBuf sent = Unpooled.buffer();
            StringCodec.UTF8.encodeKey(text, sent);
            byte[] bytes = ByteBufUtil.getBytes(sent);
            CommandArgs<byte[], byte[]> same = new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(bytes);
            assertThat(fields.exactHash(args, 1))
                    .as(text)
                    .isEqualTo(encoded.exactHash(args, 1))
                    .isEqualTo(fields.exactHash(same, 1))
                    .isEqualTo(KeyHash.of(bytes));
            if (fields.hash(args, 1) != fields.exactHash(args, 1)) {
                assertThat(fields.mayHaveReplacements(args, 1)).isTrue();
                assertThat(fields.mayHaveReplacements(same, 1)).isTrue();
            }
            CommandArgs<String, String> ascii = new CommandArgs<>(StringCodec.ASCII).addKey(text);
            assertThat(fields.exactHash(ascii, 1)).isEqualTo(encoded.exactHash(ascii, 1));
        }
    }

    @Test
    void should_not_take_plain_keys_for_replacements() {
        for (String key : List.of("", "cart:7", "ключ", "a€b")) {
            assertThat(fields.mayHaveReplacements(new CommandArgs<>(StringCodec.UTF8).addKey(key), 1))
                    .isFalse();
        }
        assertThat(fields.mayHaveReplacements(new CommandArgs<>(StringCodec.UTF8).addKey("what?"), 1))
                .isTrue();
    }

    private static String halves(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(
                    switch (random.nextInt(5)) {
                        case 0 -> (char) (0xD800 + random.nextInt(0x400));
                        case 1 -> (char) (0xDC00 + random.nextInt(0x400));
                        case 2 -> '?';
                        case 3 -> (char) (0x400 + random.nextInt(0x40));
                        default -> (char) ('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_agree_on_words_and_numbers(long seed) {
        Random random = new Random(seed);
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
        IntStream.range(0, 20).forEach(i -> add(args, random));
        byte[] word = "STORE".getBytes(StandardCharsets.US_ASCII);
        for (int position = 1; position <= args.count(); position++) {
            assertThat(fields.is(args, position, word)).isEqualTo(encoded.is(args, position, word));
            assertThat(fields.number(args, position)).as(args.toString()).isEqualTo(encoded.number(args, position));
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @Test
    void should_take_a_key_for_the_same_through_every_codec() {
        for (String key :
                List.of("", "a", "cart:7", "a-key-longer-than-eight", "ключ", "a€b", "\u0141", "\uD83D\uDE00 smile")) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            assertThat(fields.hash(new CommandArgs<>(StringCodec.UTF8).addKey(key), 1))
                    .isEqualTo(fields.hash(new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(bytes), 1))
                    .isEqualTo(KeyHash.of(bytes));
        }
    }

    @Test
    void should_tell_keys_apart_that_differ_in_length_order_or_one_character() {
        List<String> keys =
                List.of("", "\0", "\0\0", "ab", "ba", "user:1", "user:2", "12345678", "123456780", "12345678\0");
        assertThat(keys.stream().map(key -> KeyHash.of(key.getBytes(StandardCharsets.US_ASCII))))
                .doesNotHaveDuplicates();
    }

    @Test
    void should_tell_apart_bytes_that_are_no_text() {
        List<byte[]> keys = List.of(
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {0},
                new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xFF},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xE2, (byte) 0x82},
                new byte[] {'a', (byte) 0xC3},
                new byte[] {(byte) 0xC3, 'a'});
        assertThat(keys.stream().map(KeyHash::of)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_hash_bytes_like_the_text_they_are(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            String text = text(random);
            assertThat(KeyHash.of(text)).as(text).isEqualTo(KeyHash.of(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void should_encode_inside_a_codec_that_is_being_asked_for_a_hash() {
        CommandArgs<String, String> inner =
                new CommandArgs<>(new StringCodec(StandardCharsets.UTF_16BE)).addKey("inner");
        StringCodec reentrant = new StringCodec(StandardCharsets.UTF_8) {
            @Override
            public void encodeKey(String key, io.netty.buffer.ByteBuf target) {
                super.encodeKey(key, target);
                fields.hash(inner, 1);
            }
        };
        assertThat(fields.hash(new CommandArgs<>(reentrant).addKey("key"), 1))
                .isEqualTo(KeyHash.of("key".getBytes(StandardCharsets.UTF_8)));
    }

    private static void add(CommandArgs<String, String> args, Random random) {
        switch (random.nextInt(11)) {
            case 0 -> args.addKey(text(random));
            case 1 -> args.addValue(text(random));
            case 2 -> args.add(text(random));
            case 3 -> args.add(random.nextLong());
            case 4 -> args.add(random.nextInt(2_000_000) - 100L);
            case 5 -> args.add(random.nextDouble() * 1e6);
            case 6 -> args.add(text(random).getBytes(StandardCharsets.UTF_8));
            case 7 -> args.add(text(random).toCharArray());
            case 8 -> args.add(CommandKeyword.STORE);
            case 9 -> args.addKey(random.nextBoolean() ? "store" : "Store");
            default -> args.add(Integer.toString(random.nextInt(3_000_000) - 10));
        }
    }

    private static String text(Random random) {
        int bound = List.of(0x80, 0x100, 0x2000, 0xD800).get(random.nextInt(4));
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(40), 1, bound).forEach(letter -> text.append((char) letter));
        if (random.nextInt(3) == 0) {
            text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        }
        return text.toString();
    }
}
