package io.managedredis.testing.internal.data.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which of the frames of publish and subscribe an array or a push is. */
enum PubSubFrame {
    /** The bytes so far do not tell. */
    UNDECIDED,
    /** None of them. */
    NONE,
    MESSAGE,
    /** A message by which the server itself tells of something: of a key, or that a tracked one changed. */
    EVENT,
    CHANNEL,
    PATTERN,
    SHARD;

    private static final int LONGEST_PREFIX = 40;
    private static final List<String> EVENT_CHANNELS = List.of("__keyspace@", "__keyevent@", "__redis__:invalidate");

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
            case "message" -> message(buffer, lengthLine + 1 + length + 2);
            case "pmessage" -> {
                int channel = endOfText(buffer, lengthLine + 1 + length + 2);
                yield channel < 0 ? UNDECIDED : message(buffer, channel);
            }
            case "smessage" -> MESSAGE;
            case "subscribe", "unsubscribe" -> CHANNEL;
            case "psubscribe", "punsubscribe" -> PATTERN;
            case "ssubscribe", "sunsubscribe" -> SHARD;
            default -> NONE;
        };
    }

    /** Looks at the name of the channel, a bulk string at this index. */
    private static PubSubFrame message(ByteBuf buffer, int from) {
        int limit = buffer.writerIndex();
        int header = from >= limit ? -1 : buffer.indexOf(from, limit, (byte) '\n');
        if (header < 0) {
            return UNDECIDED;
        }
        int length = number(buffer, from + 1, header - 1);
        for (String prefix : EVENT_CHANNELS) {
            int known = Math.min(prefix.length(), limit - header - 1);
            if (length >= prefix.length()
                    && prefix.startsWith(buffer.toString(header + 1, known, StandardCharsets.ISO_8859_1))) {
                return known < prefix.length() ? UNDECIDED : EVENT;
            }
        }
        return MESSAGE;
    }

    /** The index after the bulk string at this index, or -1 when that is not there yet. */
    private static int endOfText(ByteBuf buffer, int from) {
        int limit = buffer.writerIndex();
        int header = from >= limit ? -1 : buffer.indexOf(from, limit, (byte) '\n');
        if (header < 0) {
            return -1;
        }
        int end = header + 1 + number(buffer, from + 1, header - 1) + 2;
        return end < limit ? end : -1;
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
