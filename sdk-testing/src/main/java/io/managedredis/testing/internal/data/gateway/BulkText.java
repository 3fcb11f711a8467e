package io.managedredis.testing.internal.data.gateway;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Texts that Redis answers with, as bulk strings in RESP2 and as verbatim strings in RESP3. */
final class BulkText {

    private static final String VERBATIM = "txt:";

    private BulkText() {}

    /** The same answer with another text; answers that are no text stay as they are. */
    static byte[] edit(byte[] answer, UnaryOperator<String> edit) {
        if (answer[0] != '$' && answer[0] != '=') {
            return answer;
        }
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        String prefix = answer[0] == '=' ? VERBATIM : "";
        String content = text.substring(text.indexOf("\r\n") + 2 + prefix.length(), text.length() - 2);
        String edited = prefix + edit.apply(content);
        return ((char) answer[0] + "" + edited.length() + "\r\n" + edited + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
