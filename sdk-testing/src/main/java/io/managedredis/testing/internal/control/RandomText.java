package io.managedredis.testing.internal.control;

import io.managedredis.Secret;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes identifiers, passwords, tokens and names. As thread safe as its source of randomness. */
public final class RandomText {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int IDENTIFIER_LENGTH = 16;
    private static final int TOKEN_LENGTH = 43;
    private static final int PASSWORD_BYTES = 16;

    private static final List<String> ADJECTIVES = List.of(
            "amber", "bold", "brisk", "calm", "clear", "crisp", "dry", "early", "fair", "frosty", "gentle", "green",
            "hidden", "icy", "keen", "late", "lively", "long", "mild", "misty", "narrow", "old", "pale", "proud",
            "quick", "quiet", "red", "silent", "small", "solid", "still", "sunny", "swift", "tall", "warm", "wide",
            "wild", "young");
    private static final List<String> NOUNS = List.of(
            "bay",
            "beach",
            "breeze",
            "brook",
            "canyon",
            "cliff",
            "cloud",
            "creek",
            "dawn",
            "delta",
            "dune",
            "dusk",
            "field",
            "forest",
            "fox",
            "glade",
            "harbor",
            "heron",
            "hill",
            "island",
            "lake",
            "leaf",
            "meadow",
            "moon",
            "otter",
            "peak",
            "pine",
            "pond",
            "rain",
            "reef",
            "ridge",
            "river",
            "sky",
            "snow",
            "spring",
            "star",
            "stone",
            "waterfall",
            "wind");

    private final RandomGenerator random;

    /** Text from this source. */
    public RandomText(RandomGenerator random) {
        this.random = random;
    }

    String identifier() {
        return letters(IDENTIFIER_LENGTH);
    }

    Secret token() {
        return Secret.of("fo1_" + letters(TOKEN_LENGTH));
    }

    /** A key for the page. */
    public Secret key() {
        return password();
    }

    Secret password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }

    String name() {
        return pick(ADJECTIVES) + "-" + pick(NOUNS) + "-" + random.nextInt(1_000, 10_000);
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
