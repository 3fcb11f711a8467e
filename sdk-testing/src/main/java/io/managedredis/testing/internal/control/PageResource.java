package io.managedredis.testing.internal.control;

import io.managedredis.Region;
import io.managedredis.testing.internal.control.ApiEndpoint.Request;
import io.managedredis.testing.internal.control.ApiEndpoint.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The databases of an organization on a page for people. A browser asks for the token as a password. No secrets are on it. */
final class PageResource implements Resource {

    private static final String TOP = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="refresh" content="5">
            <title>Managed Redis on this machine</title>
            <style>
            body { font-family: system-ui, sans-serif; margin: 2rem; color: #222; }
            table { border-collapse: collapse; }
            th, td { border-bottom: 1px solid #ccc; padding: .4rem .8rem; text-align: left; }
            </style>
            </head>
            <body>
            """;

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String scheme() {
        return "Basic realm=\"a token as the password, any user\"";
    }

    @Override
    public Optional<HttpAnswer> answer(ApiCall call, Request request) {
        List<DatabaseRecord> databases = call.plane().databases().list(call.caller());
        StringBuilder page = new StringBuilder(TOP);
        page.append("<h1>Redis databases of ")
                .append(escaped(call.caller().slug()))
                .append("</h1>\n");
        if (databases.isEmpty()) {
            page.append("<p>There are none.</p>\n");
        } else {
            page.append("<table>\n");
            row(page, "th", "Name", "ID", "Plan", "Primary region", "Read regions", "Eviction", "Address", "Created");
            for (DatabaseRecord database : databases) {
                row(
                        page,
                        "td",
                        database.name(),
                        database.id().value(),
                        database.plan().name(),
                        database.primaryRegion().code(),
                        database.readRegions().stream().map(Region::code).collect(Collectors.joining(", ")),
                        String.valueOf(database.options().toMap().get("eviction")),
                        address(database, call),
                        database.createdAt().toString());
            }
            page.append("</table>\n");
        }
        return Optional.of(HttpAnswer.html(page.append("</body>\n</html>\n").toString()));
    }

    private static String address(DatabaseRecord database, ApiCall call) {
        try {
            return new Addresses(database, call.vantage()).single().toString();
        } catch (IllegalStateException deletedMeanwhile) {
            return "";
        }
    }

    private static void row(StringBuilder page, String cell, String... texts) {
        page.append("<tr>");
        for (String text : texts) {
            page.append('<')
                    .append(cell)
                    .append('>')
                    .append(escaped(text))
                    .append("</")
                    .append(cell)
                    .append('>');
        }
        page.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
