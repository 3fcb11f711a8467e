package io.managedredis.testing.internal.data.resp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where requests begin and end in a stream, and what they are called, without taking them apart. It resumes where it
 * ran out of bytes, so that each byte is looked at once. The limits and the errors are those of Redis.
 *
 * <p>Positions are relative to the buffer's reader index; {@link #discarded} keeps them right when that moves.
 */
public final class RequestScanner {

    /** What was found. */
    public enum Step {
        /** Nothing more until more bytes come. */
        MORE,
        /** An empty request; it has no answer. {@link #start} to {@link #position}. */
        EMPTY,
        /** A request whose name is known; go on with {@link #pass} or {@link #collect}. */
        NAMED,
        /** The end of a request. Where it was collected, its arguments are known. */
        COMPLETE,
        /** A request in one line, whole; its arguments are known. */
        INLINE,
        /** What comes is not a request; see {@link #problem}. There is no going on. */
        FAILED
    }

    /** The longest line of an inline request or of a header. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final int LONGEST_NAME = 64;
    private static final long LARGEST_ARGUMENT = 512L << 20;
    private static final int UNAUTHENTICATED_ARGUMENTS = 10;
    private static final int UNAUTHENTICATED_ARGUMENT = 16 * 1024;

    private enum State {
        START,
        ARGUMENT_HEADER,
        NAME,
        DECISION,
        BODY
    }

    private State state = State.START;
    private boolean authenticated;
    private boolean collecting;
    private int start;
    private int position;
    private int argumentCount;
    private int argumentIndex;
    private long bodyLeft;
    private int nameStart;
    private int nameLength;
    private long requestBytes;
    private int collected;
    private int[] starts = new int[8];
    private int[] lengths = new int[8];
    private List<byte[]> inlineArguments = List.of();
    private @Nullable String problem;

    /** Lifts the small limits that hold before a client has authenticated. */
    public void authenticated(boolean isAuthenticated) {
        this.authenticated = isAuthenticated;
    }

    /** Looks on. */
    public Step step(ByteBuf buffer) {
        while (true) {
            switch (state) {
                case START -> {
                    Step step = begin(buffer);
                    if (step != null) {
                        return step;
                    }
                }
                case ARGUMENT_HEADER -> {
                    if (argumentIndex == argumentCount) {
                        state = State.START;
                        return Step.COMPLETE;
                    }
                    Step step = argumentHeader(buffer);
                    if (step != null) {
                        return step;
                    }
                }
                case NAME -> {
                    if (nameLength <= LONGEST_NAME && buffer.readableBytes() - position < nameLength) {
                        return Step.MORE;
                    }
                    state = State.DECISION;
                    return Step.NAMED;
                }
                case DECISION -> {
                    return Step.NAMED;
                }
                case BODY -> {
                    long available = buffer.readableBytes() - (long) position;
                    if (available < bodyLeft) {
                        if (!collecting) {
                            position += (int) available;
                            bodyLeft -= available;
                        }
                        return Step.MORE;
                    }
                    position += (int) bodyLeft;
                    bodyLeft = 0;
                    argumentIndex++;
                    state = State.ARGUMENT_HEADER;
                }
            }
        }
    }

    private @Nullable Step begin(ByteBuf buffer) {
        start = position;
        if (position >= buffer.readableBytes()) {
            return Step.MORE;
        }
        collecting = false;
        if (byteAt(buffer, position) != '*') {
            return inline(buffer);
        }
        int end = endOfHeader(buffer);
        if (end < 0) {
            return tooLong(buffer, position) ? fail("too big mbulk count string") : Step.MORE;
        }
        long count = number(buffer, position + 1, end);
        if (count == NOT_A_NUMBER || count > Integer.MAX_VALUE) {
            return fail("invalid multibulk length");
        }
        if (count > UNAUTHENTICATED_ARGUMENTS && !authenticated) {
            return fail("unauthenticated multibulk length");
        }
        requestBytes = end + 2L - position;
        position = end + 2;
        if (count <= 0) {
            return Step.EMPTY;
        }
        argumentCount = (int) count;
        argumentIndex = 0;
        collected = 0;
        state = State.ARGUMENT_HEADER;
        return null;
    }

    private @Nullable Step argumentHeader(ByteBuf buffer) {
        int end = endOfHeader(buffer);
        if (end < 0) {
            return tooLong(buffer, position) ? fail("too big bulk count string") : Step.MORE;
        }
        byte type = byteAt(buffer, position);
        if (type != '$') {
            return fail("expected '$', got '" + (char) (type & 0xff) + "'");
        }
        long length = number(buffer, position + 1, end);
        if (length == NOT_A_NUMBER || length < 0 || length > LARGEST_ARGUMENT) {
            return fail("invalid bulk length");
        }
        if (length > UNAUTHENTICATED_ARGUMENT && !authenticated) {
            return fail("unauthenticated bulk length");
        }
        requestBytes += end + 2L - position + length + 2;
        position = end + 2;
        bodyLeft = length + 2;
        if (argumentIndex == 0) {
            nameStart = position;
            nameLength = (int) length;
            state = State.NAME;
        } else {
            state = State.BODY;
        }
        if (collecting || argumentIndex == 0) {
            record(position, (int) length);
        }
        return null;
    }

    private Step inline(ByteBuf buffer) {
        int end = indexOf(buffer, position, (byte) '\n');
        if (end < 0) {
            return tooLong(buffer, position) ? fail("too big inline request") : Step.MORE;
        }
        int lineEnd = end > position && byteAt(buffer, end - 1) == '\r' ? end - 1 : end;
        byte[] line = new byte[lineEnd - position];
        buffer.getBytes(buffer.readerIndex() + position, line);
        List<byte[]> arguments = InlineRequest.split(line);
        if (arguments == null) {
            return fail("unbalanced quotes in request");
        }
        requestBytes = end + 1L - position;
        position = end + 1;
        inlineArguments = arguments;
        argumentCount = arguments.size();
        return arguments.isEmpty() ? Step.EMPTY : Step.INLINE;
    }

    /** Passes the named request on as it comes. */
    public void pass() {
        decide(false);
    }

    /** Waits until the named request is there as a whole, and notes where its arguments are. */
    public void collect() {
        decide(true);
    }

    /** Goes on with a request that was to be collected without keeping it. */
    public void stopCollecting() {
        collecting = false;
    }

    private void decide(boolean collect) {
        if (state != State.DECISION) {
            throw new IllegalStateException("no request waits for a decision");
        }
        collecting = collect;
        state = State.BODY;
    }

    /** Where the request at hand begins. */
    public int start() {
        return start;
    }

    /** The end of what was looked at. */
    public int position() {
        return position;
    }

    /** How many arguments the request at hand has, its name included. */
    public int argumentCount() {
        return argumentCount;
    }

    /** How many bytes of the request at hand have been announced. */
    public long requestBytes() {
        return requestBytes;
    }

    /** Whether the stream stands between two requests. */
    public boolean isBetweenRequests() {
        return state == State.START;
    }

    /** Whether it stands inside a request that is passed on. */
    public boolean isPassing() {
        return !collecting && (state == State.BODY || state == State.ARGUMENT_HEADER && argumentIndex > 0);
    }

    /** The position of the name of a request that is not inline. */
    public int nameStart() {
        return nameStart;
    }

    /** The length of the name of a request that is not inline; longer than any command's for names of more than 64 bytes. */
    public int nameLength() {
        return nameLength;
    }

    /** An argument of a request that was collected or is inline. */
    public byte[] argument(ByteBuf buffer, int index) {
        if (!inlineArguments.isEmpty()) {
            return inlineArguments.get(index);
        }
        byte[] bytes = new byte[lengths[index]];
        buffer.getBytes(buffer.readerIndex() + starts[index], bytes);
        return bytes;
    }

    /** The length of an argument of a request that was collected or is inline. */
    public int argumentLength(int index) {
        return inlineArguments.isEmpty() ? lengths[index] : inlineArguments.get(index).length;
    }

    /** The same as text, a character a byte. */
    public String text(ByteBuf buffer, int index) {
        return new String(argument(buffer, index), StandardCharsets.ISO_8859_1);
    }

    /** Ends an inline request. */
    public void inlineDone() {
        inlineArguments = List.of();
    }

    /** What is wrong, in the words of Redis. */
    public String problem() {
        return problem == null ? "" : problem;
    }

    /** Says that this many bytes were taken from the front of the buffer. */
    public void discarded(int bytes) {
        start -= bytes;
        position -= bytes;
        nameStart -= bytes;
        if (collecting) {
            for (int i = 0; i < collected; i++) {
                starts[i] -= bytes;
            }
        }
    }

    private void record(int at, int length) {
        if (collected == starts.length) {
            starts = Arrays.copyOf(starts, collected * 2);
            lengths = Arrays.copyOf(lengths, collected * 2);
        }
        starts[collected] = at;
        lengths[collected] = length;
        collected++;
    }

    private Step fail(String what) {
        problem = what;
        return Step.FAILED;
    }

    private static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** The position of the CR that ends the header at hand, or -1 while it or its LF is missing. */
    private int endOfHeader(ByteBuf buffer) {
        int end = indexOf(buffer, position, (byte) '\r');
        return end >= 0 && end + 1 < buffer.readableBytes() ? end : -1;
    }

    private boolean tooLong(ByteBuf buffer, int from) {
        return buffer.readableBytes() - from > LONGEST_LINE;
    }

    private static int indexOf(ByteBuf buffer, int from, byte value) {
        int reader = buffer.readerIndex();
        int limit = Math.min(buffer.writerIndex(), reader + from + LONGEST_LINE + 1);
        for (int i = reader + from; i < limit; i++) {
            if (buffer.getByte(i) == value) {
                return i - reader;
            }
        }
        return -1;
    }

    private static byte byteAt(ByteBuf buffer, int at) {
        return buffer.getByte(buffer.readerIndex() + at);
    }

    /** Reads digits as strictly as Redis does: no plus sign, no leading zeros. */
    private static long number(ByteBuf buffer, int from, int to) {
        int at = from;
        boolean negative = at < to && byteAt(buffer, at) == '-';
        if (negative) {
            at++;
        }
        if (at == to || to - at > 18) {
            return NOT_A_NUMBER;
        }
        if (byteAt(buffer, at) == '0') {
            return to - at == 1 && !negative ? 0 : NOT_A_NUMBER;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = byteAt(buffer, at) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_A_NUMBER;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }
}
