package io.managedredis.examples.cli;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line on the terminal that shows that something goes on; on anything else it shows nothing. Cleared when closed. */
final class Progress implements AutoCloseable {

    private static final String START_OF_LINE = "\r\u001b[K";
    private static final String TURNS = "|/-\\";

    private final PrintStream out;
    private final ScheduledExecutorService ticks;
    private final long start = System.nanoTime();
    private String text;
    private int turn;
    private boolean closed;

    private Progress(PrintStream out, ScheduledExecutorService ticks, String text) {
        this.out = out;
        this.ticks = ticks;
        this.text = text;
    }

    /** Begins to show the text, where it is wanted and the shell has a terminal. */
    static Progress start(Shell shell, boolean wanted, String text) {
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        Progress progress = new Progress(shell.out(), ticks, text);
        if (wanted && shell.redraws()) {
            progress.draw();
            ticks.scheduleAtFixedRate(progress::draw, 200, 200, TimeUnit.MILLISECONDS);
        }
        return progress;
    }

    synchronized void say(String newText) {
        text = newText;
    }

    @Override
    public synchronized void close() {
        ticks.shutdownNow();
        if (!closed && turn > 0) {
            out.print(START_OF_LINE);
            out.flush();
        }
        closed = true;
    }

    private synchronized void draw() {
        if (closed) {
            return;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        out.print(START_OF_LINE + TURNS.charAt(turn++ % TURNS.length()) + " " + text
                + (seconds == 0 ? "" : " (" + seconds + " s)"));
        out.flush();
    }
}
