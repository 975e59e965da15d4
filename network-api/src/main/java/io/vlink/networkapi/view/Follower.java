package io.vlink.networkapi.view;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the {@link Changes}: sends missed changes, then new ones. If missed changes are incomplete, it sends a
 * snapshot first. It stores only its position. Used by one thread.
 */
public final class Follower {

    private static final int AT_ONCE = 256;

    /** The next thing to send. */
    public sealed interface StreamItem {

        /** A snapshot of the view begins. Anything missing from it by {@link SnapshotEnd} is gone. */
        record SnapshotBegin(String reason) implements StreamItem {}

        /** The current state of one thing. */
        record SnapshotItem(ChangeKind kind, String key, Record record) implements StreamItem {}

        /** The snapshot is complete; {@code position} is where to continue. */
        record SnapshotEnd(Position position) implements StreamItem {}

        /** One thing has changed; {@code said}, if not null, is sent instead of its record. */
        record Changed(
                Change change, Position position, @Nullable Record said) implements StreamItem {}
    }

    private final View view;
    private final Changes changes;
    private final Filter filter;
    private Position position;
    private long sequence;
    private @Nullable String gap;
    private @Nullable Iterator<StreamItem.SnapshotItem> snapshot;
    private Iterator<Change> batch = List.<Change>of().iterator();

    /** Makes a follower that begins at the entrance. */
    public Follower(View view, Changes changes, Filter filter, Changes.Entrance entrance) {
        this.view = view;
        this.changes = changes;
        this.filter = filter;
        this.position = entrance.position();
        this.sequence = entrance.sequence();
        this.gap = entrance.gap();
    }

    /** Returns its position; null during a snapshot, which cannot be resumed. */
    public @Nullable Position position(Instant now) {
        return snapshot == null && gap == null ? position.copy(now) : null;
    }

    /** Returns the next step; null if there is none now. */
    public @Nullable StreamItem next(Instant now) {
        if (snapshot != null) {
            return nextShown(now);
        }
        while (gap == null) {
            while (batch.hasNext()) {
                Change change = batch.next();
                sequence++;
                boolean seen = position.hasSeen(change);
                position.pass(change, now);
                if (seen || !filter.allows(change.kind(), change.key())) {
                    continue;
                }
                if (change.isRecorded()) {
                    Record said = change.kind() == ChangeKind.STATUS && change.json() != null
                            ? view.saidOtherwise(change.key())
                            : null;
                    return new StreamItem.Changed(change, position, said);
                }
                SpokenStatus said = view.said(change.key());
                if (said != null) {
                    return new StreamItem.SnapshotItem(change.kind(), change.key(), said);
                }
            }
            List<Change> more = changes.read(sequence, AT_ONCE);
            if (more == null) {
                Changes.Entrance entrance = changes.now(now);
                position = entrance.position();
                sequence = entrance.sequence();
                gap = "The client read more slowly than changes arrived.";
            } else if (more.isEmpty()) {
                return null;
            } else {
                batch = more.iterator();
            }
        }
        StreamItem begin = new StreamItem.SnapshotBegin(gap);
        gap = null;
        snapshot = view.shown(filter);
        return begin;
    }

    private StreamItem nextShown(Instant now) {
        Iterator<StreamItem.SnapshotItem> shown = snapshot;
        if (shown != null && shown.hasNext()) {
            return shown.next();
        }
        snapshot = null;
        return new StreamItem.SnapshotEnd(position.copy(now));
    }
}
