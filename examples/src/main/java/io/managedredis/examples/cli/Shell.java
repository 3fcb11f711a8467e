package io.managedredis.examples.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command has around it.
 *
 * @param in what the user types
 * @param out results and prompts
 * @param err errors
 * @param terminal whether a person sits at both ends, so that questions can be asked
 * @param environment the process variables
 * @param interrupts what to do on Ctrl-C
 */
record Shell(
        BufferedReader in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Map<String, String> environment,
        Interrupts interrupts) {

    /** That of this process. */
    static Shell ofProcess() {
        Console console = System.console();
        Charset charset = console == null ? Charset.defaultCharset() : console.charset();
        return new Shell(
                new BufferedReader(new InputStreamReader(System.in, charset)),
                System.out,
                System.err,
                isTerminal(console),
                System.getenv(),
                new Interrupts());
    }

    /** Colour is for people who can see it and have not asked to be spared (no-color.org). */
    boolean colour() {
        return redraws() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Whether a line that stands there can be drawn over. */
    boolean redraws() {
        return terminal && !"dumb".equals(environment.get("TERM"));
    }

    void error(String message) {
        err.println(style().error("Error:") + " " + message);
    }

    Style style() {
        return new Style(colour());
    }

    // From Java 22 on there is a console without a terminal too, and a method that tells.
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException beforeJava22) {
            return true;
        } catch (ReflectiveOperationException unexpected) {
            return false;
        }
    }
}
