package io.vlink.flow.ledger;

import io.vlink.events.InSwitch;
import io.vlink.events.Revision;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchRules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The books of one port that links send by: what best effort may take there, the one rule set that follows, and what the switch
 * said of it. The revision of the set is the place of the share in its log. Belongs to one thread.
 */
public final class LinkLedger {

    private static final Revision NONE = new Revision(0, 0, 0);

    private final InSwitch id;
    private final SwitchLedger books = new SwitchLedger();
    private @Nullable LinkShare share;
    private Revision revision = NONE;
    /** The highest revision that was ever written or read: whatever is older, a gateway may pass over. */
    private Revision newest = NONE;

    private boolean unreadable;
    /**
     * Why the switch would not take the last meter that it was asked for. It is remembered while another rate is on its way, and while
     * the switch is not asked: what best effort passes does not change before the switch has taken one, or none is wanted.
     */
    private Confirmation.@Nullable Failed refusal;

    /** Makes the books of a link's port. */
    public LinkLedger(InSwitch id) {
        this.id = id;
    }

    public InSwitch id() {
        return id;
    }

    // ---- what comes in

    /**
     * A share was read; null: there is none any more.
     *
     * @param offset its place in the log
     */
    public void shared(@Nullable LinkShare next, long offset) {
        share = next;
        revision = new Revision(offset + 1, 0, 0);
        unreadable = false;
    }

    /** There is a share that cannot be read. Where it is the only one that we know of, everything stays as it is. */
    public void shareUnreadable() {
        unreadable = share == null;
    }

    /** The switch was heard of. */
    public void heard(RuleState state, long offset, Instant at) {
        if (!books.heard(state, offset, at)) {
            return;
        }
        switch (SwitchLedger.meaningOf(state)) {
            case Confirmation.Applied applied -> refusal = null;
            case Confirmation.Failed failed -> refusal = state.refusesWhatIsWanted() ? failed : refusal;
            case Confirmation.Pending pending -> {}
        }
    }

    /** The record of what the switch said was deleted. */
    public void heardNoMore() {
        books.heardNoMore();
        refusal = null;
    }

    /**
     * Takes in a rule set of this port that was read in the log; null: a tombstone.
     *
     * @return whether it was another's, that stands in the place of ours
     */
    public boolean read(@Nullable RuleSet set) {
        if (set != null && set.revision().compareTo(newest) > 0) {
            newest = set.revision();
        }
        return books.read(set);
    }

    /** The rule set that we wrote, and have not read yet, was read in the log. */
    public void readOwn() {
        books.readOwn();
    }

    // ---- what follows

    /** Decides what is to be written now, and takes it for written. */
    public Turn advance() {
        RuleSet last = books.set();
        if (unreadable || (last == null && share == null)) {
            return Turn.NOTHING;
        }
        SwitchRules want = wanted();
        // An earlier owner woke up late, and wrote before we did.
        boolean overtaken = last != null && last.revision().compareTo(newest) < 0;
        if (last == null || overtaken || !want.equals(books.content())) {
            newest = newest.compareTo(revision) >= 0 ? newest.nextStage() : revision;
            refusal = share == null ? null : refusal;
            RuleSet set = want.in(id.datapathId(), id.owner(), newest);
            if (overtaken) {
                books.wroteAnew(set);
            } else {
                books.wrote(set);
            }
            return new Turn(List.of(set), List.of(), null);
        }
        if (share == null && books.isApplied()) {
            books.wrote(null);
            return new Turn(List.of(), List.of(id.datapathId()), null);
        }
        return Turn.NOTHING;
    }

    private SwitchRules wanted() {
        return share == null
                ? SwitchRules.NONE
                : PathCompiler.meter(share)
                        .map(meter -> new SwitchRules(List.of(meter), List.of(), List.of()))
                        .orElse(SwitchRules.NONE);
    }

    // ---- what is known

    /**
     * Whether best effort is to pass the meter. Where the switch would not take it, best effort goes on without rather than not
     * at all; where it was not asked, as while it must not be written to, rules wait for the meter.
     */
    public boolean isMetered() {
        return share != null && refusal() == null && !wanted().isEmpty();
    }

    /** Why the switch would not take the meter; null: it did, has not said yet, or was not asked. */
    public Confirmation.@Nullable Failed refusal() {
        return share == null ? null : refusal;
    }

    /** Whether nothing is left to keep books of. */
    public boolean isFinished() {
        return share == null && !unreadable && books.isGone();
    }
}
