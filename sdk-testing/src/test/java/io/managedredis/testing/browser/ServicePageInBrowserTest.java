package io.managedredis.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.RedisUrl;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.RawRedis;
import io.managedredis.testing.ServicePage;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.fault.ReplicationPaused;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as people get it: in a real browser, on a service with real Redis. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no Redis for Windows")
class ServicePageInBrowserTest {

    /** Where to keep pictures of the page, for people to look at; by default none are taken. */
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("page.pictures")).map(Path::of);

    private static final String TEXT_OF = "return document.querySelector(arguments[0])?.textContent ?? ''";
    private static final String START = "button[data-kind=region-down]";
    private static final String END = "#on button.end";

    /** Text whose colour is too near to that of what is behind it. */
    private static final String FAINT = """
            const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
            const light = (colour) => parts(colour).slice(0, 3)
              .map((part) => part / 255)
              .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
              .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = (node) => {
              for (let one = node; one; one = one.parentElement) {
                const colour = getComputedStyle(one).backgroundColor;
                if ((parts(colour)[3] ?? 1) === 1) return colour;
              }
              return 'rgb(255, 255, 255)';
            };
            const faint = [];
            for (const node of document.querySelectorAll('body *:not(svg *)')) {
              const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
              if ((own || node.matches('input, select')) && node.getClientRects().length > 0) {
                const [one, other] = [light(getComputedStyle(node).color), light(behind(node))];
                const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
                if (contrast < 4.5) faint.push(`${node.outerHTML.slice(0, 80)}: ${contrast}`);
              }
            }
            return faint;
            """;

    @TempDir
    static Path directory;

    private static Browser browser;

    private LocalManagedRedis service;
    private ServicePage page;
    private Database carts;

    @BeforeAll
    static void openBrowser() throws IOException {
        Optional<String> missing = Browser.whyMissing();
        Assumptions.assumeTrue(missing.isEmpty(), missing::get);
        browser = Browser.open(directory);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        service = LocalManagedRedis.builder().organizations("acme", "globex").start();
        page = service.page().orElseThrow();
        carts = service.create(DatabaseSpec.named("carts")
                .organization("acme")
                .primaryRegion("mad")
                .readRegions("ams", "nrt")
                .build());
        service.create(DatabaseSpec.named("sessions")
                .organization("globex")
                .primaryRegion("iad")
                .build());
        service.url(carts, Vantage.from("lhr"));
        browser.emulate(1280, 900, Map.of("prefers-color-scheme", "light"));
        browser.complaints();
        browser.requests();
    }

    @AfterEach
    void stop() {
        browser.go(URI.create("about:blank"));
        service.close();
    }

    @Test
    void should_show_databases_regions_distances_and_limits() {
        try (RawRedis redis = RawRedis.connect(service.url(carts, Vantage.beside()))) {
            redis.call("SET", "key", "value");
            open();

            waiting()
                    .untilAsserted(() -> assertThat(text("#overview tbody"))
                            .contains("carts", "acme", "mad", "ams, nrt", "sessions", "globex", "iad", "active"));
            String details = text("#database-" + carts.id().value());
            assertThat(details)
                    .contains("mad primary", "ams replica", "nrt replica", "in step")
                    .contains("lhr")
                    .contains("Data", "Connections", "Commands a second", "Commands today", "Traffic today")
                    .contains("redis://default:<redacted>@127.0.0.1");
            assertThat(shown(
                            "[...document.querySelectorAll('#details tbody td:nth-child(4)')].map(e => e.textContent)"))
                    .contains("1");
            assertThat(browser.run("return document.body.innerHTML").asText())
                    .doesNotContain(
                            page.key().reveal(),
                            service.token("acme").reveal(),
                            service.url(carts, Vantage.beside()).password().reveal());
            assertThat(browser.run("return location.href").asText())
                    .doesNotContain(page.key().reveal());
        }
    }

    @Test
    void should_follow_databases_that_come_and_go() {
        open();

        Database late = service.create(DatabaseSpec.named("late")
                .organization("acme")
                .primaryRegion("syd")
                .build());
        waiting().untilAsserted(() -> assertThat(text("#overview tbody")).contains("late"));
        assertThat(text("#announcements")).isEqualTo("Database late was created");

        service.delete(late.id());
        waiting().untilAsserted(() -> assertThat(text("#overview tbody")).doesNotContain("late"));
        assertThat(text("#announcements")).isEqualTo("Database late was deleted");
    }

    @Test
    void should_take_a_region_down_with_a_click_and_bring_it_back_with_another() {
        open();
        assertThat(answers("AMS")).isTrue();

        browser.click(START);

        waiting().untilAsserted(() -> assertThat(text("#on .what")).isEqualTo("Region down · ams · all databases"));
        assertThat(answers("AMS")).isFalse();
        assertThat(answers("NRT")).isTrue();
        waiting().untilAsserted(() -> assertThat(text("#details")).contains("ams replica" + "down"));
        assertThat(text("#map .words")).contains("Amsterdam, Netherlands (ams), down");
        assertThat(browser.run("return document.querySelectorAll('.map .sign.failing').length")
                        .asInt())
                .isEqualTo(1);

        browser.click(END);

        waiting().untilAsserted(() -> assertThat(text("#on-title")).isEqualTo("On now: none"));
        assertThat(answers("AMS")).isTrue();
        waiting().untilAsserted(() -> assertThat(text("#details")).contains("ams replica" + "up"));
    }

    @Test
    void should_start_a_fault_with_the_parameters_that_were_typed() {
        open();
        browser.run("document.querySelector('#where-region').value = 'nrt'");
        browser.type("#replication-slow-lagMillis", "4321");

        browser.click("button[data-kind=replication-slow]");

        waiting()
                .untilAsserted(() -> assertThat(text("#on .what"))
                        .isEqualTo("Replication slow · nrt · all databases · lag 4321 ms"));
        waiting().untilAsserted(() -> assertThat(text("#details")).contains("4,4"));

        browser.type("#replication-slow-lagMillis", "-1");
        browser.click("button[data-kind=replication-slow]");

        waiting().untilAsserted(() -> assertThat(text("#start .notice")).contains("Lag is not possible"));
        assertThat(browser.run("return document.activeElement.id").asText()).isEqualTo("replication-slow-lagMillis");
    }

    @Test
    void should_show_faults_from_code_without_a_button_to_end_them() {
        service.inject(ReplicationPaused.in("nrt"));
        open();

        waiting()
                .untilAsserted(
                        () -> assertThat(text("#on li")).contains("Replication paused · nrt", "started from code"));
        assertThat(browser.run("return document.querySelectorAll('#on button').length")
                        .asInt())
                .isZero();
        assertThat(text("#details")).contains("replication paused");
    }

    @Test
    void should_be_used_with_the_keyboard_alone() {
        open();

        tabTo(START);
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle")
                        .asText())
                .isEqualTo("solid");
        browser.press(Browser.ENTER);

        waiting().untilAsserted(() -> assertThat(answers("AMS")).isFalse());
        waiting()
                .untilAsserted(() ->
                        assertThat(text("#announcements")).isEqualTo("Region down · ams · all databases: started"));
        waiting().untilAsserted(() -> assertThat(text("#on-title")).isEqualTo("On now: 1"));
        assertThat(browser.run("return document.activeElement.matches(arguments[0])", START)
                        .asBoolean())
                .isTrue();

        tabTo(END);
        browser.press(Browser.ENTER);

        waiting().untilAsserted(() -> assertThat(answers("AMS")).isTrue());
        waiting()
                .untilAsserted(() -> assertThat(
                                browser.run("return document.activeElement.id").asText())
                        .isEqualTo("on-title"));
        assertThat(text("#announcements")).isEqualTo("Region down · ams · all databases: ended");
    }

    @Test
    void should_name_every_control_and_draw_the_map_with_a_text_beside_it() {
        open();

        assertThat(browser.run("""
                return [...document.querySelectorAll('input, select, button')]
                  .filter((control) => !(control.labels?.length || control.textContent.trim()))
                  .map((control) => control.outerHTML);
                """)).isEmpty();
        assertThat(browser.run("""
                const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
                return ids.filter((id, index) => ids.indexOf(id) !== index);
                """)).isEmpty();
        assertThat(browser.run("return document.querySelector('.map svg').getAttribute('role')")
                        .asText())
                .isEqualTo("img");
        assertThat(shown("[...document.querySelectorAll('.map .label')].map(e => e.textContent)"))
                .contains("mad", "ams", "nrt", "iad", "lhr");
        assertThat(text("#map .words"))
                .contains("carts: primary in Madrid, Spain (mad)", "carts: callers in London", "led to ams");
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void should_be_legible_in_both_colour_schemes_and_fit_screens_of_any_width(String scheme, int width)
            throws IOException {
        browser.emulate(width, 800, Map.of("prefers-color-scheme", scheme));
        open();
        browser.click(START);
        waiting().untilAsserted(() -> assertThat(text("#details")).contains("ams replica" + "down"));

        assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertThat(browser.run(FAINT)).isEmpty();
        if (PICTURES.isPresent()) {
            Files.createDirectories(PICTURES.get());
            Files.write(PICTURES.get().resolve("page-" + scheme + "-" + width + ".png"), browser.picture());
        }
    }

    @Test
    void should_not_move_things_for_people_who_do_not_want_that() {
        browser.emulate(1280, 900, Map.of("prefers-reduced-motion", "reduce"));
        open();

        assertThat(shown("""
                [...document.querySelectorAll('*')]
                  .filter((e) => getComputedStyle(e).transitionDuration !== '0s'
                    || getComputedStyle(e).animationName !== 'none')
                  .map((e) => e.outerHTML.slice(0, 80))
                """)).isEqualTo("[]");
    }

    @Test
    void should_ask_only_the_service_and_complain_about_nothing() throws IOException {
        open();
        browser.click(START);
        waiting().untilAsserted(() -> assertThat(text("#on-title")).isEqualTo("On now: 1"));
        browser.click(END);
        waiting().untilAsserted(() -> assertThat(text("#on-title")).isEqualTo("On now: none"));

        assertThat(browser.requests())
                .isNotEmpty()
                .allSatisfy(address -> assertThat(address).startsWith(page.uri().toString()));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void should_say_that_the_service_is_gone_and_recover() {
        int port = page.uri().getPort();
        open();
        service.close();

        waiting().untilAsserted(() -> assertThat(text("#gone")).contains("has not answered since"));
        assertThat(text("#connection")).isEqualTo("no answer");
        assertThat(text("#overview")).contains("carts");

        service = LocalManagedRedis.builder().apiPort(port).start();
        // Another service has another key, and nothing of the earlier one is shown until that is given.
        waiting().untilAsserted(() -> assertThat(text("#unlock-reason")).contains("does not know this key"));
        assertThat(text("#overview")).doesNotContain("carts");

        page = service.page().orElseThrow();
        browser.type("#key", page.link().toString());
        browser.press(Browser.ENTER);

        waiting().untilAsserted(() -> assertThat(text("#overview")).contains("There are none yet"));
    }

    @Test
    void should_ask_for_the_key_when_it_was_opened_without() {
        browser.go(page.uri());

        waiting().untilAsserted(() -> assertThat(text("#unlock-reason")).contains("prints an address"));
        assertThat(browser.run("return document.querySelector('#unlock').hidden")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void should_look_only_while_somebody_sees_it() {
        open();

        see(false);
        await().atMost(Duration.ofSeconds(30)).during(Duration.ofSeconds(3)).until(unchangedLooks());

        int before = looks();
        see(true);
        waiting().until(() -> looks() > before + 1);
    }

    private void see(boolean visible) {
        browser.run("""
                Object.defineProperty(document, 'hidden', { configurable: true, value: !arguments[0] });
                document.dispatchEvent(new Event('visibilitychange'));
                """, visible);
    }

    private Callable<Boolean> unchangedLooks() {
        AtomicInteger last = new AtomicInteger(-1);
        return () -> {
            int now = looks();
            return last.getAndSet(now) == now;
        };
    }

    private int looks() {
        return browser.run(
                        "return performance.getEntriesByType('resource').filter((e) => e.name.endsWith('/state')).length")
                .asInt();
    }

    private void open() {
        browser.go(URI.create("about:blank"));
        browser.go(page.link());
        waiting().untilAsserted(() -> assertThat(text("#connection")).startsWith("live"));
    }

    private void tabTo(String selector) {
        for (int presses = 0; presses < 100; presses++) {
            browser.press(Browser.TAB);
            if (browser.run("return document.activeElement.matches(arguments[0])", selector)
                    .asBoolean()) {
                return;
            }
        }
        throw new AssertionError("the tabulator does not lead to " + selector);
    }

    private boolean answers(String replica) {
        RedisUrl url =
                RedisUrl.parse(service.environment(carts, Vantage.beside()).get("REDIS_REPLICA_URL_" + replica));
        try (RawRedis redis = RawRedis.connect(url)) {
            return redis.call("GET", "nothing").equals("nil");
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private String text(String selector) {
        return browser.run(TEXT_OF, selector).asText();
    }

    private String shown(String expression) {
        return browser.run("return " + expression).toString();
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
