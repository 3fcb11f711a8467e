package io.managedredis.testing;

import io.managedredis.Database;
import java.util.Locale;

/** What the program prints when the service runs: everything that a client needs, tokens and passwords included. */
final class MainReport {

    private final LocalManagedRedis service;

    MainReport(LocalManagedRedis service) {
        this.service = service;
    }

    String text() {
        StringBuilder text = new StringBuilder("The managed Redis service runs; stop it with Ctrl-C.\n\n");
        line(text, "API, beside the service", service.apiUri().toString());
        line(text, "API, as seen from ams", service.apiUri(Vantage.from("ams")) + "  (any region in the place of ams)");
        service.page()
                .ifPresent(page -> line(text, "Page, for a browser", page.link().toString()));
        for (String organization : service.organizations()) {
            text.append("\n# organization ").append(organization).append('\n');
            export(text, "FLY_API_BASE_URL", service.apiUri().toString());
            export(text, "FLY_ACCESS_TOKEN", service.token(organization).reveal());
        }
        for (Database database : service.databases()) {
            text.append("\n# database ").append(database.name());
            text.append(": primary ").append(database.primaryRegion());
            text.append(", read regions ").append(database.readRegions()).append('\n');
            service.environment(database, Vantage.beside()).forEach((variable, value) -> export(text, variable, value));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format(Locale.ROOT, "%-26s%s%n", label, value));
    }

    private static void export(StringBuilder text, String variable, String value) {
        text.append("export ").append(variable).append('=').append(value).append('\n');
    }
}
