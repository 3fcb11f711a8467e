package io.managedredis.testing.internal.data.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a request in one line apart by the rules of Redis: words, double quotes with escapes, single quotes without. */
final class InlineRequest {

    private final byte[] line;
    private int at;

    private InlineRequest(byte[] line) {
        this.line = line;
    }

    /** The arguments, or null when the quotes are not balanced. */
    static @Nullable List<byte[]> split(byte[] line) {
        return new InlineRequest(line).split();
    }

    private @Nullable List<byte[]> split() {
        List<byte[]> arguments = new ArrayList<>();
        while (true) {
            while (at < line.length && isSpace(line[at])) {
                at++;
            }
            if (at == line.length || line[at] == 0) {
                return arguments;
            }
            byte[] argument = word();
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
    }

    private byte @Nullable [] word() {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        while (at < line.length && line[at] != 0 && !isSpace(line[at])) {
            byte next = line[at++];
            if (next == '"' || next == '\'') {
                boolean closed = next == '"' ? doubleQuoted(word) : singleQuoted(word);
                // A closing quote must end the word.
                return closed && (at == line.length || isSpace(line[at])) ? word.toByteArray() : null;
            }
            word.write(next);
        }
        return word.toByteArray();
    }

    private boolean doubleQuoted(ByteArrayOutputStream word) {
        while (at < line.length) {
            byte next = line[at++];
            if (next == '"') {
                return true;
            }
            if (next == '\\'
                    && at + 2 < line.length
                    && line[at] == 'x'
                    && hex(line[at + 1]) >= 0
                    && hex(line[at + 2]) >= 0) {
                word.write(hex(line[at + 1]) * 16 + hex(line[at + 2]));
                at += 3;
            } else if (next == '\\' && at < line.length) {
                byte escaped = line[at++];
                word.write(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 'b' -> '\b';
                            case 'a' -> 7;
                            default -> escaped;
                        });
            } else {
                word.write(next);
            }
        }
        return false;
    }

    private boolean singleQuoted(ByteArrayOutputStream word) {
        while (at < line.length) {
            byte next = line[at++];
            if (next == '\'') {
                return true;
            }
            if (next == '\\' && at < line.length && line[at] == '\'') {
                word.write('\'');
                at++;
            } else {
                word.write(next);
            }
        }
        return false;
    }

    private static int hex(byte character) {
        return Character.digit(character, 16);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }
}
