package io.managedredis.internal.fly;

import io.managedredis.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of text that comes from elsewhere, before it is shown. */
final class Redactor {

    private static final int SHOWN = 400;
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://)[^\\s\"'<>]*@");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(Bearer|FlyV1|Basic)\\s+[^\\s\"'<>]+");
    private static final Pattern TOKEN = Pattern.compile("\\b(fm1r_|fm1a_|fm2_|fo1_)[^\\s\"'<>]*");
    /** What the provider's passwords look like. */
    private static final Pattern HEX = Pattern.compile("(?i)\\b[0-9a-f]{32}\\b");

    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(\"?\\b(?:password|passwd|token|secret)\"?\\s*[:=]\\s*\"?)[^\\s\"',;}&<>]+");

    /** Shorter ones are no real tokens, and would be found in the middle of words. */
    private static final int SHORTEST_TOKEN = 8;

    private final List<String> tokens;

    /** A redactor that knows this client's token. */
    Redactor(Secret token) {
        this.tokens = Arrays.stream(token.reveal().split("[,\\s]+"))
                .filter(part -> part.length() >= SHORTEST_TOKEN)
                .toList();
    }

    /** The text without secrets, in one line, and cut when it is long. */
    String clean(String text) {
        String clean = text;
        for (String token : tokens) {
            clean = clean.replace(token, Secret.REDACTED);
        }
        clean = CREDENTIALS.matcher(clean).replaceAll("$1" + Secret.REDACTED + "@");
        clean = SCHEME.matcher(clean).replaceAll("$1 " + Secret.REDACTED);
        clean = HEX.matcher(clean).replaceAll(Secret.REDACTED);
        clean = TOKEN.matcher(clean).replaceAll(Secret.REDACTED);
        clean = PASSWORD.matcher(clean).replaceAll("$1" + Secret.REDACTED);
        clean = clean.replaceAll("\\s+", " ").strip();
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }
}
