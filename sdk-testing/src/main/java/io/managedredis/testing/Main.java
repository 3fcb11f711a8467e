package io.managedredis.testing;

import io.managedredis.error.ManagedRedisException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the managed Redis service on this machine until the program is stopped, so that any client in any language can use it.
 * {@code --help} lists the options.
 */
public final class Main {

    private static final int WRONG_USAGE = 2;
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the program. It ends when the process is asked to, by Ctrl-C for one, and leaves nothing behind.
     *
     * @param arguments options, see {@code --help}
     * @throws InterruptedException when the thread is interrupted
     */
    public static void main(String... arguments) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(asked, ended), "managed-redis-shutdown"));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status;
        try {
            status = new Main(out, System.err).run(List.of(arguments), asked);
        } finally {
            ended.countDown();
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs until the latch is released; answers the status to exit with. */
    int run(List<String> arguments, CountDownLatch stop) throws InterruptedException {
        MainOptions options;
        try {
            options = MainOptions.parse(arguments);
        } catch (ManagedRedisException wrong) {
            err.println(wrong.getMessage());
            err.println("Try --help");
            return WRONG_USAGE;
        }
        if (options.help()) {
            out.print(MainOptions.HELP);
            return 0;
        }
        try (LocalManagedRedis service = options.service().start()) {
            options.databases().forEach(service::create);
            out.print(new MainReport(service).text());
            out.flush();
            stop.await();
            return 0;
        } catch (ManagedRedisException failed) {
            err.println(failed.getMessage());
            return FAILED;
        }
    }

    private static void awaitEnd(CountDownLatch asked, CountDownLatch ended) {
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
