package io.vlink.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The records that a shard could not take in. They are reported as dead letters, but for those that it found while it was
 * loaded: those were reported when they came. Belongs to whoever has the turn.
 */
public final class DeadLetters implements Inbox.Refusal {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final int partition;
    private final List<Dead> dead = new ArrayList<>();
    private boolean loaded;

    private record Dead(Entry entry, String reason) {}

    /** Those of the shard of a partition number. */
    public DeadLetters(int partition) {
        this.partition = partition;
    }

    /** Takes note of one; every shard sees the topics that are read whole, but one speaks of what is wrong in them. */
    @Override
    public void refused(Entry entry, String reason) {
        if (entry.partition() != partition) {
            return;
        }
        LOG.warnf(
                "%s: %s (topic=%s, key=%s)",
                loaded ? "To the dead letters" : "Ignored", reason, entry.topic(), entry.key());
        if (loaded) {
            dead.add(new Dead(entry, reason));
        }
    }

    /** What is refused from now on is new. */
    public void loaded() {
        loaded = true;
    }

    /** Puts out what was refused since the last call. */
    public void report(Outbox out, Instant now) {
        dead.forEach(one -> out.deadLetter(one.entry(), one.reason(), now));
        dead.clear();
    }
}
