package io.managedredis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Text that must not be printed: a token or a password. {@link #toString()} shows {@code <redacted>}, and so does JSON that
 * Jackson writes; only {@link #reveal()} gives the text.
 */
public final class Secret {

    /** What stands in the place of a secret wherever one would be printed. */
    public static final String REDACTED = "<redacted>";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Wraps the text. */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** The text itself. Do not log it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    @JsonValue
    public String toString() {
        return REDACTED;
    }
}
