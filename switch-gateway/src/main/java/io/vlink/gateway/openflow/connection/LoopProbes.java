package io.vlink.gateway.openflow.connection;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Measures on request how long event loops take to run a task. Thread-safe. */
final class LoopProbes {

    private final List<Probe> probes = new ArrayList<>();

    /** The probe of one event loop, with one task at a time. */
    private static final class Probe {
        private final EventExecutor loop;
        private volatile boolean open;
        private long since;

        Probe(EventExecutor loop) {
            this.loop = loop;
        }

        synchronized Duration ask() {
            if (open) {
                return Duration.ofNanos(System.nanoTime() - since);
            }
            since = System.nanoTime();
            open = true;
            try {
                loop.execute(() -> open = false);
            } catch (RejectedExecutionException e) {
                open = false; // it is being closed
            }
            return Duration.ZERO;
        }
    }

    LoopProbes(EventLoopGroup group) {
        group.forEach(loop -> probes.add(new Probe(loop)));
    }

    /** Returns how long the task of the slowest event loop has been waiting. */
    Duration longestSilence() {
        return probes.stream().map(Probe::ask).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
