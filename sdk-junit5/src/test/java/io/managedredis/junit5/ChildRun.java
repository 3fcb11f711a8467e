package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Runs test classes in a JVM of their own, for what depends on a process: its variables, its properties, its end. */
final class ChildRun {

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> classes = new ArrayList<>();

    private ChildRun() {}

    static ChildRun of(Class<?>... types) {
        ChildRun run = new ChildRun();
        for (Class<?> type : types) {
            run.classes.add(type.getName());
        }
        return run;
    }

    ChildRun property(String name, String value) {
        command.add("-D" + name + "=" + value);
        return this;
    }

    ChildRun variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Runs the tests, and answers what the run printed: a line for each class, test and report entry. */
    String run(int expectedStatus) throws IOException, InterruptedException {
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildRun.class.getName()));
        command.addAll(classes);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FLY_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isEqualTo(expectedStatus);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] classes) throws ClassNotFoundException {
        List<ClassSelector> selectors = new ArrayList<>();
        for (String name : classes) {
            selectors.add(selectClass(Class.forName(name)));
        }
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectors.toArray(ClassSelector[]::new))
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .enableImplicitConfigurationParameters(true)
                .execute()
                .allEvents()
                .stream()
                .map(ChildRun::line)
                .filter(line -> !line.isEmpty())
                .forEach(System.out::println);
        System.exit(0);
    }

    private static String line(Event event) {
        String name = event.getTestDescriptor().getDisplayName();
        if (event.getType() == EventType.REPORTING_ENTRY_PUBLISHED) {
            return "REPORTED " + event.getRequiredPayload(ReportEntry.class).getKeyValuePairs();
        }
        if (event.getType() != EventType.FINISHED) {
            return "";
        }
        TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
        return result.getStatus() + " " + name
                + result.getThrowable().map(thrown -> ": " + thrown).orElse("");
    }
}
