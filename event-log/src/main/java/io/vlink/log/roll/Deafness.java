package io.vlink.log.roll;

import io.vlink.events.services.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Detects that this instance does not hear its own heartbeats, and attributes the cause: to this instance if others
 * were heard while its heartbeat was due, otherwise to Kafka. A heartbeat of another instance just after our last one
 * proves nothing, so others must be heard for half the patience longer, which is at least one interval of heartbeats.
 *
 * <p>Times are those of {@link System#nanoTime}. Not thread-safe.
 */
final class Deafness {

    private final String service;
    private final long patience;

    private long echoAt;
    private Instant echoed;
    private boolean everEchoed;
    private long heardAt;
    /** The time since which heartbeats are heard without a silence long enough to miss one. */
    private long audibleFrom;

    private @Nullable Absence deaf;

    /**
     * Starts listening.
     *
     * @param service the name of this instance's service
     * @param patience how long our own heartbeats may be missing; at least two of their intervals
     */
    Deafness(String service, Duration patience, long now, Instant time) {
        this.service = service;
        this.patience = patience.toNanos();
        this.echoAt = now;
        this.heardAt = now;
        this.audibleFrom = now;
        this.echoed = time;
    }

    /** Records that an instance was heard, this one or another. */
    void heard(long now) {
        if (now - heardAt > patience / 2) {
            audibleFrom = now;
        }
        heardAt = now;
    }

    /** Records that our own heartbeat came back. */
    void echoed(long now, Instant time) {
        echoAt = now;
        echoed = time;
        everEchoed = true;
    }

    /** Judges again. Returns whether the result of {@link #found} changed. */
    boolean judge(long now) {
        Absence before = deaf;
        if (now - echoAt < patience) {
            deaf = null;
        } else if (!everEchoed) {
            deaf = new Absence("Kafka", echoed, "was not heard");
        } else {
            deaf = isOthersHeard(now)
                    ? new Absence("this instance of " + service, echoed, "makes no decisions")
                    : new Absence("Kafka", echoed, "is silent");
        }
        return !Objects.equals(before, deaf);
    }

    private boolean isOthersHeard(long now) {
        long from = echoAt - audibleFrom > 0 ? echoAt : audibleFrom;
        return now - heardAt < patience && heardAt - from > patience / 2;
    }

    /** The reason why this instance does not hear itself, as last judged; null: it does. */
    @Nullable Absence found() {
        return deaf;
    }
}
