package io.managedredis.lettuce.internal.command;

import io.netty.buffer.ByteBuf;

/**
 * The 64-bit hash of a key's bytes as they are sent. Text is hashed without encoding it where every character is ASCII, with
 * the same result as its bytes, so that a key is the same key through every codec. Two keys with one hash are harmless: both
 * then count as written.
 */
public final class KeyHash {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int ASCII = 0x7F;

    private KeyHash() {}

    /** The hash of these bytes. */
    public static long of(byte[] bytes) {
        int length = bytes.length;
        long hash = begin(length);
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = step(
                    hash,
                    (bytes[at] & 0xFFL)
                            | (bytes[at + 1] & 0xFFL) << 8
                            | (bytes[at + 2] & 0xFFL) << 16
                            | (bytes[at + 3] & 0xFFL) << 24
                            | (bytes[at + 4] & 0xFFL) << 32
                            | (bytes[at + 5] & 0xFFL) << 40
                            | (bytes[at + 6] & 0xFFL) << 48
                            | (bytes[at + 7] & 0xFFL) << 56);
        }
        long rest = 0;
        for (int shift = 0; at < length; at++, shift += 8) {
            rest |= (bytes[at] & 0xFFL) << shift;
        }
        return finish(step(hash, rest));
    }

    /** The hash of {@code length} bytes of the buffer from {@code from}; the reader index stays. */
    static long of(ByteBuf buffer, int from, int length) {
        long hash = begin(length);
        int at = from;
        int end = from + length;
        for (; at + 8 <= end; at += 8) {
            hash = step(hash, buffer.getLongLE(at));
        }
        long rest = 0;
        for (int shift = 0; at < end; at++, shift += 8) {
            rest |= (buffer.getByte(at) & 0xFFL) << shift;
        }
        return finish(step(hash, rest));
    }

    /** Whether {@link #ofAscii} is defined for the text. */
    static boolean isAscii(CharSequence text) {
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            seen |= text.charAt(i);
        }
        return seen <= ASCII;
    }

    /** The hash of an ASCII text's bytes; for any other text the result means nothing. */
    static long ofAscii(String text) {
        int length = text.length();
        long hash = begin(length);
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = step(
                    hash,
                    text.charAt(at)
                            | (long) text.charAt(at + 1) << 8
                            | (long) text.charAt(at + 2) << 16
                            | (long) text.charAt(at + 3) << 24
                            | (long) text.charAt(at + 4) << 32
                            | (long) text.charAt(at + 5) << 40
                            | (long) text.charAt(at + 6) << 48
                            | (long) text.charAt(at + 7) << 56);
        }
        long rest = 0;
        for (int shift = 0; at < length; at++, shift += 8) {
            rest |= (long) text.charAt(at) << shift;
        }
        return finish(step(hash, rest));
    }

    private static long begin(int length) {
        return length * MULTIPLIER;
    }

    private static long step(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }

    private static long finish(long hash) {
        long mixed = hash * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }
}
