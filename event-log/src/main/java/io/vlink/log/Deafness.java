package io.vlink.log;

import io.vlink.events.services.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether this instance fails to hear its own beats, and what is to blame: this instance if others were heard while it was
 * due to speak, else Kafka.
 * What another said just after our last beat says nothing of that, so others have to be heard for half the patience
 * longer, which is a beat at least.
 *
 * <p>Times are those of {@link System#nanoTime}. For one thread.
 */
final class Deafness {

    private final String service;
    private final long patience;

    private long echoAt;
    private Instant echoed;
    private boolean everEchoed;
    private long heardAt;
    /** Since when something is heard without a silence in which beats were missed. */
    private long audibleFrom;

    private @Nullable Absence deaf;

    /**
     * Begins to listen.
     *
     * @param service the name of this instance's service
     * @param patience how long our own beats may fail to come back; at least two beats
     */
    Deafness(String service, Duration patience, long now, Instant time) {
        this.service = service;
        this.patience = patience.toNanos();
        this.echoAt = now;
        this.heardAt = now;
        this.audibleFrom = now;
        this.echoed = time;
    }

    /** Notes that some instance was heard, this one or another. */
    void heard(long now) {
        if (now - heardAt > patience / 2) {
            audibleFrom = now;
        }
        heardAt = now;
    }

    /** Notes that our own beat came back. */
    void echoed(long now, Instant time) {
        echoAt = now;
        echoed = time;
        everEchoed = true;
    }

    /** Judges again. Returns whether that changed what {@link #found} says. */
    boolean judge(long now) {
        Absence before = deaf;
        if (now - echoAt < patience) {
            deaf = null;
        } else if (!everEchoed) {
            deaf = new Absence("Kafka", echoed, "was not heard");
        } else {
            deaf = isOthersHeard(now)
                    ? new Absence("this instance of " + service, echoed, "does not get to decide")
                    : new Absence("Kafka", echoed, "is silent");
        }
        return !Objects.equals(before, deaf);
    }

    private boolean isOthersHeard(long now) {
        long from = echoAt - audibleFrom > 0 ? echoAt : audibleFrom;
        return now - heardAt < patience && heardAt - from > patience / 2;
    }

    /** What keeps this instance from hearing itself, as judged last; null: it hears itself. */
    @Nullable Absence found() {
        return deaf;
    }
}
