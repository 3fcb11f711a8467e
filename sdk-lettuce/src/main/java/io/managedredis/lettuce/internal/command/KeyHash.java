package io.managedredis.lettuce.internal.command;

import io.netty.buffer.ByteBuf;

/**
 * The hash of a key as it is sent. It is the hash of the text that the bytes are in UTF-8, so that a key held as text costs
 * {@link String#hashCode()}, which the text remembers, and still is the same key through every codec. Bytes that are no UTF-8 have a
 * hash as well. Two keys with one hash are harmless: both then count as written.
 *
 * <p>The one exception: Lettuce sends a question mark for a surrogate without its other half. Such a text and the same text with the
 * question mark are one key to the server, and need {@link Arguments#exactHash}.
 */
public final class KeyHash {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int REPLACEMENT_BASE = 0xDC00;

    private KeyHash() {}

    /** The hash of a text that is sent in UTF-8. */
    public static long of(String text) {
        return mix(text.hashCode(), text.length());
    }

    /** Whether a text has surrogates, so that it may be sent with question marks that it does not have. */
    static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The hash of these bytes. */
    public static long of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The hash of {@code length} bytes of a buffer on the heap from {@code from}; the reader index stays. */
    static long of(ByteBuf buffer, int from, int length) {
        int start = buffer.arrayOffset() + from;
        return of(buffer.array(), start, start + length);
    }

    private static long of(byte[] bytes, int from, int end) {
        int hash = 0;
        int units = 0;
        int at = from;
        while (at < end) {
            byte lead = bytes[at];
            if (lead >= 0) {
                hash = hash * 31 + lead;
                at++;
                units++;
                continue;
            }
            int point = point(bytes, at, end);
            if (point < 0) {
                hash = hash * 31 + (REPLACEMENT_BASE | lead & 0xFF);
                at++;
                units++;
            } else if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                hash = hash * 31 + point;
                at += point < 0x800 ? 2 : 3;
                units++;
            } else {
                hash = (hash * 31 + Character.highSurrogate(point)) * 31 + Character.lowSurrogate(point);
                at += 4;
                units += 2;
            }
        }
        return mix(hash, units);
    }

    /** The character of a sequence of two to four bytes, or -1 when it is none that UTF-8 allows. */
    private static int point(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead < 0xC2 || lead > 0xF4 || at + more >= end) {
            return -1;
        }
        int point = lead & 0x3F >> more;
        for (int i = 1; i <= more; i++) {
            int next = bytes[at + i];
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            point = point << 6 | next & 0x3F;
        }
        boolean tooLong = more == 2 && point < 0x800 || more == 3 && point < Character.MIN_SUPPLEMENTARY_CODE_POINT;
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return tooLong || surrogate || point > Character.MAX_CODE_POINT ? -1 : point;
    }

    private static long mix(int hash, int length) {
        long mixed = ((long) length << 32 ^ hash & 0xFFFF_FFFFL) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }
}
