package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an argument of a command as it is sent. Encodes the command for it, so it is not for every command. */
final class SentArguments {

    private SentArguments() {}

    /** The argument at a position, from 0, as text; empty when there are not so many. */
    static Optional<String> text(@Nullable CommandArgs<?, ?> args, int position) {
        if (args == null || position >= args.count()) {
            return Optional.empty();
        }
        ByteBuf sent = Unpooled.buffer();
        try {
            args.encode(sent);
            for (int i = 0; i < position; i++) {
                sent.skipBytes(length(sent) + 2);
            }
            return Optional.of(
                    sent.readCharSequence(length(sent), StandardCharsets.UTF_8).toString());
        } finally {
            sent.release();
        }
    }

    /** Reads {@code $<length>\r\n}. */
    private static int length(ByteBuf sent) {
        sent.skipBytes(1);
        int length = 0;
        for (byte digit = sent.readByte(); digit != '\r'; digit = sent.readByte()) {
            length = length * 10 + digit - '0';
        }
        sent.skipBytes(1);
        return length;
    }
}
