package io.vlink.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The records that a shard could not accept. They are reported as dead letters, except those found during loading:
 * these were reported when they first arrived. Confined to the thread that has the turn.
 */
public final class DeadLetters implements Inbox.RefusalListener {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final int partition;
    private final List<Dead> dead = new ArrayList<>();
    private boolean loaded;

    private record Dead(Entry entry, String reason) {}

    /** Creates the dead letters of the shard of a partition number. */
    public DeadLetters(int partition) {
        this.partition = partition;
    }

    /** Records one. Every shard sees the topics that are read whole, but only one reports the errors in them. */
    @Override
    public void refused(Entry entry, String reason) {
        if (entry.partition() != partition) {
            return;
        }
        LOG.warnf(
                "%s: %s (topic=%s, key=%s)",
                loaded ? "Reported as dead letter" : "Ignored", reason, entry.topic(), entry.key());
        if (loaded) {
            dead.add(new Dead(entry, reason));
        }
    }

    /** Marks the end of loading: records refused from now on are new. */
    public void loaded() {
        loaded = true;
    }

    /** Writes the dead letters since the last call. */
    public void report(Outbox out, Instant now) {
        dead.forEach(one -> out.deadLetter(one.entry(), one.reason(), now));
        dead.clear();
    }
}
