package io.managedredis.testing.internal.data.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Which of the frames of publish and subscribe an array or a push is. */
enum PubSubFrame {
    /** The bytes so far do not tell. */
    UNDECIDED,
    /** None of them. */
    NONE,
    MESSAGE,
    CHANNEL,
    PATTERN,
    SHARD;

    private static final int LONGEST_PREFIX = 40;

    /** Looks at the first element of the frame at this index. */
    static PubSubFrame at(ByteBuf buffer, int from) {
        int limit = buffer.writerIndex();
        int header = buffer.indexOf(from, limit, (byte) '\n');
        int lengthLine = header < 0 ? -1 : buffer.indexOf(header + 1, limit, (byte) '\n');
        if (lengthLine < 0) {
            return limit - from > LONGEST_PREFIX ? NONE : UNDECIDED;
        }
        if (buffer.getByte(header + 1) != '$' || lengthLine - header != 4 && lengthLine - header != 5) {
            return NONE;
        }
        int length = number(buffer, header + 2, lengthLine - 1);
        if (limit - lengthLine - 1 < length) {
            return UNDECIDED;
        }
        return switch (buffer.toString(lengthLine + 1, Math.max(0, length), StandardCharsets.ISO_8859_1)) {
            case "message", "pmessage", "smessage" -> MESSAGE;
            case "subscribe", "unsubscribe" -> CHANNEL;
            case "psubscribe", "punsubscribe" -> PATTERN;
            case "ssubscribe", "sunsubscribe" -> SHARD;
            default -> NONE;
        };
    }

    /** The number in the last line of a confirmation: how many subscriptions there are now. */
    static int subscriptions(byte[] confirmation) {
        int value = 0;
        int scale = 1;
        for (int i = confirmation.length - 3; i >= 0 && confirmation[i] != ':'; i--) {
            value += (confirmation[i] - '0') * scale;
            scale *= 10;
        }
        return value;
    }

    private static int number(ByteBuf buffer, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + buffer.getByte(i) - '0';
        }
        return value;
    }
}
