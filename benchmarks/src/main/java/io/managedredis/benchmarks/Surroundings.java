package io.managedredis.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** What the benchmarks run on and with. Names no host and no path. */
final class Surroundings {

    private Surroundings() {}

    static Map<String, String> machine() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        processor().ifPresent(model -> machine.put("processor", model));
        machine.put("memory", Math.round(system.getTotalMemorySize() / (double) (1L << 30)) + " GB");
        machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("architecture", System.getProperty("os.arch"));
        machine.put("JDK", System.getProperty("java.vm.name") + " " + Runtime.version());
        return machine;
    }

    private static Optional<String> processor() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    static Map<String, String> versions() throws IOException {
        Properties built = new Properties();
        try (InputStream in = Surroundings.class.getResourceAsStream("versions.properties")) {
            built.load(Objects.requireNonNull(in, "versions.properties"));
        }
        Map<String, String> versions = new LinkedHashMap<>();
        built.stringPropertyNames().stream()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .forEach(name -> versions.put(name.replace('_', ' '), built.getProperty(name)));
        firstLineOf("haproxy", "-v").ifPresent(line -> versions.put("HAProxy", wordAfter(line, "version")));
        firstLineOf("nutcracker", "-V").ifPresent(line -> versions.put("nutcracker", wordAfter(line, "nutcracker-")));
        return versions;
    }

    private static String wordAfter(String line, String word) {
        int from = line.indexOf(word);
        return from < 0 ? line : line.substring(from + word.length()).strip().split("\\s+")[0];
    }

    private static Optional<String> firstLineOf(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            process.waitFor(5, TimeUnit.SECONDS);
            return said.lines().filter(line -> !line.isBlank()).findFirst();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
