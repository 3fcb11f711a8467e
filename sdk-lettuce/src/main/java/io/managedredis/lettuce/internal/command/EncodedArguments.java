package io.managedredis.lettuce.internal.command;

import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;

/** Reads arguments from what Lettuce would send. Right for every argument, but encodes all of them at each question. */
final class EncodedArguments implements Arguments {

    private static final int MAXIMUM_DIGITS = 7;

    @Override
    public int count(CommandArgs<?, ?> args) {
        return args.count();
    }

    @Override
    public boolean is(CommandArgs<?, ?> args, int position, byte[] upperCaseWord) {
        ByteBuf encoded = Scratch.buffer();
        try {
            args.encode(encoded);
            int length = seek(encoded, position);
            if (length != upperCaseWord.length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (Words.upper(encoded.getByte(encoded.readerIndex() + i)) != upperCaseWord[i]) {
                    return false;
                }
            }
            return true;
        } finally {
            Scratch.done(encoded);
        }
    }

    @Override
    public int number(CommandArgs<?, ?> args, int position) {
        ByteBuf encoded = Scratch.buffer();
        try {
            args.encode(encoded);
            int length = seek(encoded, position);
            if (length == 0 || length > MAXIMUM_DIGITS) {
                return -1;
            }
            int number = 0;
            for (int i = 0; i < length; i++) {
                int digit = encoded.getByte(encoded.readerIndex() + i) - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                number = number * 10 + digit;
            }
            return Words.countOrNone(number);
        } finally {
            Scratch.done(encoded);
        }
    }

    @Override
    public long hash(CommandArgs<?, ?> args, int position) {
        ByteBuf encoded = Scratch.buffer();
        try {
            args.encode(encoded);
            int length = seek(encoded, position);
            return KeyHash.of(encoded, encoded.readerIndex(), length);
        } finally {
            Scratch.done(encoded);
        }
    }

    @Override
    public long exactHash(CommandArgs<?, ?> args, int position) {
        return hash(args, position);
    }

    /** Need not look, for both hashes are the same. */
    @Override
    public boolean mayHaveReplacements(CommandArgs<?, ?> args, int position) {
        return true;
    }

    /** Moves the reader index to the argument's first byte. */
    private static int seek(ByteBuf encoded, int position) {
        for (int at = 1; ; at++) {
            encoded.skipBytes(1);
            int length = 0;
            for (byte digit = encoded.readByte(); digit != '\r'; digit = encoded.readByte()) {
                length = length * 10 + digit - '0';
            }
            encoded.skipBytes(1);
            if (at == position) {
                return length;
            }
            encoded.skipBytes(length + 2);
        }
    }
}
