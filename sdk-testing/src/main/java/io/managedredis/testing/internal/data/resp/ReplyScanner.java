package io.managedredis.testing.internal.data.resp;

import io.netty.buffer.ByteBuf;

/** Finds where answers end in a stream of RESP2 or RESP3, resuming where it ran out of bytes. */
public final class ReplyScanner {

    private enum State {
        TYPE,
        LINE,
        NUMBER,
        BODY
    }

    private State state = State.TYPE;
    private boolean inside;
    private byte type;
    private boolean negative;
    private long number;
    private long elementsLeft = 1;
    private long bodyLeft;

    /** Whether the stream stands between two answers. */
    public boolean isBetweenReplies() {
        return !inside;
    }

    /**
     * Looks from this index on for the end of the answer at hand.
     *
     * @return the index after its last byte; or, when the answer goes on beyond the buffer, -1: all was looked at
     */
    public int scan(ByteBuf buffer, int from) {
        int at = from;
        int limit = buffer.writerIndex();
        while (at < limit) {
            switch (state) {
                case TYPE -> {
                    inside = true;
                    type = buffer.getByte(at++);
                    switch (type) {
                        case '$', '!', '=', '*', '~', '>', '%', '|' -> {
                            state = State.NUMBER;
                            negative = false;
                            number = 0;
                        }
                        default -> state = State.LINE;
                    }
                }
                case LINE -> {
                    int end = buffer.indexOf(at, limit, (byte) '\n');
                    if (end < 0) {
                        return -1;
                    }
                    at = end + 1;
                    if (elementDone(0)) {
                        return at;
                    }
                }
                case NUMBER -> {
                    byte next = buffer.getByte(at++);
                    if (next == '\n') {
                        if (headerDone()) {
                            return at;
                        }
                    } else if (next == '-') {
                        negative = true;
                    } else if (next >= '0' && next <= '9') {
                        number = number * 10 + (next - '0');
                    }
                }
                case BODY -> {
                    long available = Math.min(bodyLeft, limit - at);
                    at += (int) available;
                    bodyLeft -= available;
                    if (bodyLeft == 0 && elementDone(0)) {
                        return at;
                    }
                }
            }
        }
        return -1;
    }

    private boolean headerDone() {
        switch (type) {
            case '$', '!', '=' -> {
                if (negative) {
                    return elementDone(0);
                }
                bodyLeft = number + 2;
                state = State.BODY;
                return false;
            }
            case '|' -> {
                // An attribute comes before the element that it describes.
                elementsLeft += 2 * number;
                state = State.TYPE;
                return false;
            }
            case '%' -> {
                return elementDone(2 * number);
            }
            default -> {
                return elementDone(negative ? 0 : number);
            }
        }
    }

    private boolean elementDone(long children) {
        state = State.TYPE;
        elementsLeft += children - 1;
        if (elementsLeft == 0) {
            elementsLeft = 1;
            inside = false;
            return true;
        }
        return false;
    }
}
