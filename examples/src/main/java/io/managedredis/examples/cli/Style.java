package io.managedredis.examples.cli;

/**
 * Marks text for a terminal.
 *
 * @param colour whether to; otherwise text stays as it is
 */
record Style(boolean colour) {

    private static final String END = "\u001b[0m";

    String heading(String text) {
        return marked("\u001b[1m", text);
    }

    String question(String text) {
        return marked("\u001b[32m", text);
    }

    String answer(String text) {
        return marked("\u001b[36m", text);
    }

    String error(String text) {
        return marked("\u001b[31m", text);
    }

    private String marked(String begin, String text) {
        return colour && !text.isEmpty() ? begin + text + END : text;
    }
}
