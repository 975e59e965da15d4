package io.vlink.networkapi.view;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One who follows the {@link Changes}: what was missed, then what comes; where that cannot be told whole, all that there is
 * now, and what comes after. Keeps nothing but its place. Belongs to one thread.
 */
public final class Follower {

    private static final int AT_ONCE = 256;

    /** What to tell next. */
    public sealed interface Step {

        /** From here on, what the view shows is told anew; what is not told before {@link SnapshotEnd} is gone. */
        record SnapshotBegin(String reason) implements Step {}

        /** One thing as it is now. */
        record Shown(Kind kind, String key, Record record) implements Step {}

        /** All was told; {@code position} is where to go on. */
        record SnapshotEnd(Position position) implements Step {}

        /** One thing has changed; {@code said} is what is to be told of it in the place of its record, where it is not that. */
        record Changed(
                Change change, Position position, @Nullable Record said) implements Step {}
    }

    private final View view;
    private final Changes changes;
    private final Filter filter;
    private Position position;
    private long sequence;
    private @Nullable String gap;
    private @Nullable Iterator<Step.Shown> snapshot;
    private Iterator<Change> batch = List.<Change>of().iterator();

    /** Makes one who enters there. */
    public Follower(View view, Changes changes, Filter filter, Changes.Entrance entrance) {
        this.view = view;
        this.changes = changes;
        this.filter = filter;
        this.position = entrance.position();
        this.sequence = entrance.sequence();
        this.gap = entrance.gap();
    }

    /** How far it is; while a snapshot is told, how far it was when that began is not given away. */
    public @Nullable Position position(Instant now) {
        return snapshot == null && gap == null ? position.copy(now) : null;
    }

    /** What to tell next; absent: nothing now. */
    public @Nullable Step next(Instant now) {
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
                    Record said = change.kind() == Kind.STATUS && change.json() != null
                            ? view.saidOtherwise(change.key())
                            : null;
                    return new Step.Changed(change, position, said);
                }
                SpokenStatus said = view.said(change.key());
                if (said != null) {
                    return new Step.Shown(change.kind(), change.key(), said);
                }
            }
            List<Change> more = changes.read(sequence, AT_ONCE);
            if (more == null) {
                Changes.Entrance entrance = changes.now(now);
                position = entrance.position();
                sequence = entrance.sequence();
                gap = "The reader was slower than the changes.";
            } else if (more.isEmpty()) {
                return null;
            } else {
                batch = more.iterator();
            }
        }
        Step begin = new Step.SnapshotBegin(gap);
        gap = null;
        snapshot = view.shown(filter);
        return begin;
    }

    private Step nextShown(Instant now) {
        Iterator<Step.Shown> shown = snapshot;
        if (shown != null && shown.hasNext()) {
            return shown.next();
        }
        snapshot = null;
        return new Step.SnapshotEnd(position.copy(now));
    }
}
