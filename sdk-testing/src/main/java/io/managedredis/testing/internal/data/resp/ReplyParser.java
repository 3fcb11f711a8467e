package io.managedredis.testing.internal.data.resp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes whole RESP2 answers apart. */
public final class ReplyParser {

    private ReplyParser() {}

    /** Reads the answer at the reader index, which must be there as a whole. */
    public static Reply parse(ByteBuf buffer) {
        byte type = buffer.readByte();
        int end = buffer.indexOf(buffer.readerIndex(), buffer.writerIndex(), (byte) '\r');
        String line = buffer.readCharSequence(end - buffer.readerIndex(), StandardCharsets.ISO_8859_1)
                .toString();
        buffer.skipBytes(2);
        return switch (type) {
            case '+' -> new Reply.Text(line.getBytes(StandardCharsets.ISO_8859_1));
            case '-' -> new Reply.Error(line);
            case ':' -> new Reply.Number(Long.parseLong(line));
            case '$' -> bulk(buffer, Integer.parseInt(line));
            case '*' -> array(buffer, Integer.parseInt(line));
            default -> throw new IllegalStateException("'" + (char) type + "' begins no RESP2 answer");
        };
    }

    private static Reply bulk(ByteBuf buffer, int length) {
        if (length < 0) {
            return Reply.Null.INSTANCE;
        }
        byte[] bytes = new byte[length];
        buffer.readBytes(bytes).skipBytes(2);
        return new Reply.Text(bytes);
    }

    private static Reply array(ByteBuf buffer, int size) {
        if (size < 0) {
            return Reply.Null.INSTANCE;
        }
        List<Reply> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(parse(buffer));
        }
        return new Reply.Array(elements);
    }
}
