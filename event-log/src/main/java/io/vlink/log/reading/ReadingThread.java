package io.vlink.log.reading;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of a reader: its thread, which is started and stopped once, and the consumer that it reads with, which
 * other threads can wake up. Thread-safe.
 */
public final class ReadingThread {

    private static final Logger LOG = Logger.getLogger(ReadingThread.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<?, ?> consumer;

    /**
     * Creates the thread.
     *
     * @param reading the work of the thread: reads as long as {@link #isRunning}
     */
    public ReadingThread(String name, Runnable reading) {
        this.thread = Thread.ofPlatform().name(name).unstarted(reading);
    }

    /** Starts reading. Returns immediately. */
    public void start() {
        thread.start();
    }

    /** Whether it was not stopped. */
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Ends reading. Returns immediately. */
    public void stop() {
        stopped.countDown();
        wakeUp();
    }

    /** Waits until its thread has ended after {@link #stop}, for a limited time. */
    public void join(Duration longest) {
        try {
            thread.join(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sets the consumer that it reads with from now on. */
    public void readsWith(Consumer<?, ?> newConsumer) {
        consumer = newConsumer;
    }

    /** Interrupts the present or next poll of its consumer. */
    public void wakeUp() {
        Consumer<?, ?> present = consumer;
        if (present != null) {
            present.wakeup();
        }
    }

    /** Waits on its thread before another attempt; a stop or an interrupt ends the wait. */
    public void waitFor(Duration pause) {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Reading was stopped.");
            }
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    public boolean hasBegun() {
        return thread.getState() != Thread.State.NEW;
    }

    /** Whether its thread ended without being stopped. */
    public boolean hasEnded() {
        return isRunning() && thread.getState() == Thread.State.TERMINATED;
    }

    public String name() {
        return thread.getName();
    }
}
