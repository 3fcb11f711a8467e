package io.managedredis.internal.fly;

import io.managedredis.Secret;
import java.util.regex.Pattern;

/** Takes secrets out of text that comes from elsewhere, before it is shown. */
final class Redactor {

    private static final int SHOWN = 400;
    /** Shorter ones are no real tokens, and would be found in the middle of words. */
    private static final int SHORTEST_TOKEN = 8;

    private final Secret token;

    /** A redactor that knows this client's token. */
    Redactor(Secret token) {
        this.token = token;
    }

    /** The text without secrets, in one line, and cut when it is long. */
    String clean(String text) {
        String clean = text;
        for (String part : token.reveal().split("[,\\s]+")) {
            if (part.length() >= SHORTEST_TOKEN) {
                clean = clean.replace(part, Secret.REDACTED);
            }
        }
        clean = Shapes.CREDENTIALS.matcher(clean).replaceAll("$1" + Secret.REDACTED + "@");
        clean = Shapes.SCHEME.matcher(clean).replaceAll("$1 " + Secret.REDACTED);
        clean = Shapes.HEX.matcher(clean).replaceAll(Secret.REDACTED);
        clean = Shapes.TOKEN.matcher(clean).replaceAll(Secret.REDACTED);
        clean = Shapes.PASSWORD.matcher(clean).replaceAll("$1" + Secret.REDACTED);
        clean = Shapes.SPACE.matcher(clean).replaceAll(" ").strip();
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }

    /** What secrets look like; compiled at the first failure, so that a good start does not pay for it. */
    private static final class Shapes {

        static final Pattern CREDENTIALS = Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://)[^\\s\"'<>]*@");
        static final Pattern SCHEME = Pattern.compile("(?i)\\b(Bearer|FlyV1|Basic)\\s+[^\\s\"'<>]+");
        static final Pattern TOKEN = Pattern.compile("\\b(fm1r_|fm1a_|fm2_|fo1_)[^\\s\"'<>]*");
        /** The provider's passwords. */
        static final Pattern HEX = Pattern.compile("(?i)\\b[0-9a-f]{32}\\b");

        static final Pattern PASSWORD =
                Pattern.compile("(?i)(\"?\\b(?:password|passwd|token|secret)\"?\\s*[:=]\\s*\"?)[^\\s\"',;}&<>]+");
        static final Pattern SPACE = Pattern.compile("\\s+");
    }
}
