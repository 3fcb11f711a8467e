package io.managedredis.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user, one line a question, and leaves the answer standing behind the question. Where nobody can be asked, it says
 * which flag is missing instead of waiting for an answer that cannot come.
 */
final class Prompts {

    private static final String UP_AND_CLEAR = "\u001b[1A\r\u001b[K";

    private final Shell shell;
    private final Style style;

    Prompts(Shell shell) {
        this.shell = shell;
        this.style = shell.style();
    }

    boolean canAsk() {
        return shell.terminal();
    }

    /** Asks for one of the choices; those in {@code unlisted} can be typed and are not shown. */
    <T> T one(String question, String flag, List<Choice<T>> choices, List<Choice<T>> unlisted) {
        return one(question, flag, choices, unlisted, null);
    }

    /** The same, and an empty line is the choice with the key {@code before}, where there is one. */
    <T> T one(
            String question, String flag, List<Choice<T>> choices, List<Choice<T>> unlisted, @Nullable String before) {
        requireTerminal(flag);
        if (choices.isEmpty() && unlisted.isEmpty()) {
            throw new UsageException("There is nothing to choose from for " + flag + ".");
        }
        list(choices);
        while (true) {
            String typed = read(question, flag);
            String meant = typed.isEmpty() && before != null ? before : typed;
            Optional<Choice<T>> choice = find(meant, choices, unlisted);
            if (choice.isPresent()) {
                settle(question, choice.get().label());
                return choice.get().value();
            }
            complain(typed);
        }
    }

    /** Asks for any number of the choices; an empty line leaves {@code before}, and "none" takes none. */
    <T> List<T> some(String question, String flag, List<Choice<T>> choices, List<Choice<T>> unlisted, List<T> before) {
        requireTerminal(flag);
        list(choices);
        while (true) {
            String typed = read(question, flag);
            if (typed.isEmpty()) {
                settle(question, labels(before, choices, unlisted));
                return before;
            }
            if (typed.equalsIgnoreCase("none")) {
                settle(question, "");
                return List.of();
            }
            Set<Choice<T>> chosen = new LinkedHashSet<>();
            String unknown = null;
            for (String part : parts(typed, choices, unlisted)) {
                Optional<Choice<T>> choice = find(part, choices, unlisted);
                choice.ifPresent(chosen::add);
                unknown = choice.isPresent() ? unknown : part;
            }
            if (unknown == null) {
                settle(question, chosen.stream().map(Choice::label).collect(Collectors.joining(", ")));
                return chosen.stream().map(Choice::value).toList();
            }
            complain(unknown);
        }
    }

    /** Asks for yes or no; an empty line is the default. */
    boolean confirm(String question, String flag, boolean byDefault) {
        requireTerminal(flag);
        String asked = question + (byDefault ? " (Y/n)" : " (y/N)");
        while (true) {
            String typed = read(asked, flag);
            Boolean answer = typed.isEmpty() ? Boolean.valueOf(byDefault) : yesOrNo(typed);
            if (answer != null) {
                settle(question, answer ? "Yes" : "No");
                return answer;
            }
            shell.out().println("Answer y or n.");
        }
    }

    /** Shows what was decided without asking, as if it had been asked. */
    void show(String question, String answer) {
        if (shell.terminal()) {
            shell.out().println(line(question) + style.answer(answer));
        }
    }

    private void requireTerminal(String flag) {
        if (!shell.terminal()) {
            throw new UsageException("Missing " + flag + ": there is no terminal to ask on.");
        }
    }

    private String read(String question, String flag) {
        shell.out().print(line(question));
        shell.out().flush();
        String typed;
        try {
            typed = shell.in().readLine();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (typed == null) {
            shell.out().println();
            throw new UsageException("The input ended before an answer: give " + flag + " instead.");
        }
        return typed.strip();
    }

    private String line(String question) {
        return style.question("?") + " " + style.heading(question) + " ";
    }

    private void settle(String question, String answer) {
        if (shell.redraws()) {
            shell.out().println(UP_AND_CLEAR + line(question) + style.answer(answer));
        }
    }

    private void list(List<? extends Choice<?>> choices) {
        int number = 0;
        for (Choice<?> choice : choices) {
            shell.out().printf("%4d  %s%n", ++number, choice.label());
        }
    }

    private void complain(String typed) {
        shell.out()
                .println(
                        typed.isEmpty()
                                ? "Type a number or a name from the list."
                                : "'" + typed + "' is not one of these, or could be several. Type a number or a name.");
    }

    /** What was typed as one name where it is one, for names have spaces and commas in them. */
    private static <T> List<String> parts(String typed, List<Choice<T>> choices, List<Choice<T>> unlisted) {
        return find(typed, choices, unlisted).isPresent() ? List.of(typed) : List.of(typed.split("[,\\s]+"));
    }

    private static <T> Optional<Choice<T>> find(String typed, List<Choice<T>> choices, List<Choice<T>> unlisted) {
        List<Choice<T>> all = new ArrayList<>(choices);
        all.addAll(unlisted);
        List<Choice<T>> named =
                all.stream().filter(choice -> choice.isNamed(typed)).toList();
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        if (typed.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(typed);
            return number >= 1 && number <= choices.size() ? Optional.of(choices.get(number - 1)) : Optional.empty();
        }
        List<Choice<T>> beginning = typed.isEmpty()
                ? List.of()
                : all.stream().filter(choice -> choice.begins(typed)).toList();
        return beginning.size() == 1 ? Optional.of(beginning.get(0)) : Optional.empty();
    }

    private static <T> String labels(List<T> values, List<Choice<T>> choices, List<Choice<T>> unlisted) {
        List<Choice<T>> all = new ArrayList<>(choices);
        all.addAll(unlisted);
        return values.stream()
                .map(value -> all.stream()
                        .filter(choice -> choice.value().equals(value))
                        .map(Choice::label)
                        .findFirst()
                        .orElseGet(value::toString))
                .collect(Collectors.joining(", "));
    }

    private static @Nullable Boolean yesOrNo(String typed) {
        return switch (typed.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> true;
            case "n", "no" -> false;
            default -> null;
        };
    }
}
