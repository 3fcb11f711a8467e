package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Command;
import io.managedredis.testing.internal.data.resp.RequestScanner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The request at hand, whole; valid until it is done. */
final class Request {

    private final RequestScanner scanner;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private Command command = Command.UNKNOWN;
    private boolean prepared;

    Request(RequestScanner scanner) {
        this.scanner = scanner;
    }

    /** Looks at another request, or once more at the same. */
    Request at(ByteBuf buffer, Command named) {
        in = buffer;
        command = named;
        return this;
    }

    void done() {
        prepared = false;
        in = Unpooled.EMPTY_BUFFER;
    }

    /** Whether its handler has been here before: true from the second call on. */
    boolean isPrepared() {
        return prepared;
    }

    void prepared() {
        prepared = true;
    }

    Command command() {
        return command;
    }

    String name() {
        return command.name();
    }

    /** How many arguments there are, the name included. */
    int count() {
        return scanner.argumentCount();
    }

    byte[] argument(int index) {
        return scanner.argument(in, index);
    }

    int length(int index) {
        return scanner.argumentLength(index);
    }

    /** An argument, a character a byte. */
    String text(int index) {
        return scanner.text(in, index);
    }

    /** The same in upper case; empty when there is none. */
    String upper(int index) {
        return index < count() ? text(index).toUpperCase(Locale.ROOT) : "";
    }

    /** All arguments from this one on, a character a byte. */
    List<String> texts(int from) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < count(); i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /** The size of the request on the wire. */
    long bytes() {
        return scanner.requestBytes();
    }

    /** The request as it came. */
    byte[] raw() {
        byte[] bytes = new byte[scanner.position()];
        in.getBytes(in.readerIndex(), bytes);
        return bytes;
    }

    /** The same without a copy; the caller releases it. */
    ByteBuf slice() {
        return in.retainedSlice(in.readerIndex(), scanner.position());
    }
}
