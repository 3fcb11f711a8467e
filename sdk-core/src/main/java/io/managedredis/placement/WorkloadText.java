package io.managedredis.placement;

import io.managedredis.error.InvalidRequestException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The text of a workload: a line for each region. */
final class WorkloadText {

    private static final List<String> HEADING = List.of("region", "reads", "writes");
    private static final String ALLOWED = "a line 'ams,120,3' for each region, with its reads and writes a second";

    private WorkloadText() {}

    static String of(Workload workload) {
        StringBuilder text = new StringBuilder(String.join(",", HEADING)).append('\n');
        workload.loads()
                .forEach((region, load) -> text.append(region)
                        .append(',')
                        .append(plain(load.readsPerSecond()))
                        .append(',')
                        .append(plain(load.writesPerSecond()))
                        .append('\n'));
        return text.toString();
    }

    static Workload parse(String text) {
        Workload.Builder workload = Workload.builder();
        int number = 0;
        boolean first = true;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.replaceFirst("#.*", "").strip();
            if (content.isEmpty()) {
                continue;
            }
            List<String> fields = List.of(content.split("\\s*[,;\\s]\\s*"));
            if (first && fields.get(0).toLowerCase(Locale.ROOT).equals(HEADING.get(0))) {
                first = false;
                continue;
            }
            first = false;
            if (fields.size() != HEADING.size()) {
                throw malformed("line " + number + " has " + fields.size() + " fields, not " + HEADING.size());
            }
            workload.from(fields.get(0), number(number, fields.get(1)), number(number, fields.get(2)));
        }
        return workload.build();
    }

    private static double number(int line, String field) {
        try {
            return new BigDecimal(field).doubleValue();
        } catch (NumberFormatException notANumber) {
            throw malformed("'" + field + "' in line " + line + " is not a number");
        }
    }

    private static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    private static InvalidRequestException malformed(String problem) {
        return new InvalidRequestException("workload", problem, ALLOWED);
    }
}
