package io.managedredis.testing.internal.data.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Writes requests and answers. */
public final class Resp {

    private Resp() {}

    /** A request of these words. */
    public static ByteBuf request(ByteBufAllocator allocator, String... words) {
        ByteBuf buffer = allocator.buffer();
        append(buffer, words);
        return buffer;
    }

    /** Appends a request of these words. */
    public static void append(ByteBuf buffer, String... words) {
        line(buffer, '*', Integer.toString(words.length));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            line(buffer, '$', Integer.toString(bytes.length));
            buffer.writeBytes(bytes).writeByte('\r').writeByte('\n');
        }
    }

    /** A status or an error: a line with its type in front. */
    public static ByteBuf line(ByteBufAllocator allocator, char type, String text) {
        ByteBuf buffer = allocator.buffer(text.length() + 3);
        line(buffer, type, text);
        return buffer;
    }

    private static void line(ByteBuf buffer, char type, String text) {
        buffer.writeByte(type);
        buffer.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        buffer.writeByte('\r').writeByte('\n');
    }
}
