package io.managedredis.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Endpoints;
import io.managedredis.Region;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.fault.ReplicationPaused;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user writes through a web server in one region and reads through one in another, and sees what she wrote: the session token
 * of the connection that wrote travels in a cookie, and the connection that reads resumes it.
 */
public final class TravellingSession implements AutoCloseable {

    private static final String COOKIE = "redis-session";

    private final RegionalRedis redis;
    private final RegionalConnection<String, String> connection;
    private final HttpServer http;

    /** Starts the web server of a region. */
    TravellingSession(Endpoints endpoints, Region region) throws IOException {
        redis = RegionalRedis.builder()
                .topology(TopologySource.of(endpoints))
                .localRegion(region)
                .build();
        connection = redis.connect();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/cart", this::serve);
        http.start();
    }

    /** Where the server is reached. */
    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/cart");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String cart;
            if (exchange.getRequestMethod().equals("PUT")) {
                cart = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                connection.sync().set("cart:7", cart);
                // The token stands for what was written up to here.
                exchange.getResponseHeaders()
                        .set("Set-Cookie", new HttpCookie(COOKIE, connection.sessionToken()) + "; HttpOnly");
            } else {
                // A token of whatever origin is safe: at worst it costs reads of the primary.
                cookies(exchange).forEach(connection::resume);
                cart = String.valueOf(connection.sync().get("cart:7"));
            }
            byte[] answer = cart.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static Stream<String> cookies(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .map(cookie -> cookie.substring(COOKIE.length() + 1));
    }

    @Override
    public void close() {
        http.stop(0);
        redis.close();
    }

    /** Writes in Frankfurt and reads in Tokyo, where the replica does not have it yet, on a local service. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException, InterruptedException {
        Region fra = Region.of("fra");
        Region nrt = Region.of("nrt");
        try (LocalManagedRedis service = LocalManagedRedis.start()) {
            Database carts = service.create(DatabaseSpec.named("carts")
                    .primaryRegion(fra)
                    .readRegions(List.of(nrt))
                    .build());
            // As if Tokyo were far behind; otherwise the replica mostly has it by the time anybody reads.
            service.inject(ReplicationPaused.in("nrt"));
            try (TravellingSession frankfurt = new TravellingSession(service.endpoints(carts, Vantage.from(fra)), fra);
                    TravellingSession tokyo = new TravellingSession(service.endpoints(carts, Vantage.from(nrt)), nrt)) {
                HttpClient browser = HttpClient.newHttpClient();
                HttpResponse<String> written = browser.send(
                        HttpRequest.newBuilder(frankfurt.address())
                                .PUT(HttpRequest.BodyPublishers.ofString("3 apples"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                String cookie = written.headers().firstValue("Set-Cookie").orElseThrow();
                HttpRequest.Builder read = HttpRequest.newBuilder(tokyo.address());

                out.println("Written in fra: " + written.body());
                out.println("Read in nrt by somebody else: " + body(browser, read.build()));
                out.println("Read in nrt with the cookie: "
                        + body(browser, read.header("Cookie", cookie).build()));
            }
        }
    }

    private static String body(HttpClient browser, HttpRequest request) throws IOException, InterruptedException {
        return browser.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
