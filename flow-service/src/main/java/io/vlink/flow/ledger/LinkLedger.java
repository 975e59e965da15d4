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
 * The state of one sending port of links: the share of best effort there, the rule set derived from it, and the
 * switch's reports on that. The revision of the rule set is the share's offset in its log plus one. Belongs to one
 * thread.
 */
public final class LinkLedger {

    private static final Revision NONE = new Revision(0, 0, 0);

    private final InSwitch id;
    private final SwitchLedger books = new SwitchLedger();
    private @Nullable LinkShare share;
    private Revision revision = NONE;
    /** The highest revision that was ever written or read. A gateway may skip older ones. */
    private Revision newest = NONE;

    private boolean unreadable;
    /**
     * The reason why the switch rejected the last meter. It is kept while another rate is on its way and while the
     * switch is not asked: the rules of best effort do not change before the switch has accepted a meter, or none is
     * wanted.
     */
    private Confirmation.@Nullable Failed refusal;

    /** Creates the state of a port of links. */
    public LinkLedger(InSwitch id) {
        this.id = id;
    }

    public InSwitch id() {
        return id;
    }

    // ---- inputs

    /**
     * Processes a share that was read; null: it was deleted.
     *
     * @param offset its offset in the log
     */
    public void shared(@Nullable LinkShare next, long offset) {
        share = next;
        revision = new Revision(offset + 1, 0, 0);
        unreadable = false;
    }

    /** Processes a share that cannot be read. If no other is known, everything stays as it is. */
    public void shareUnreadable() {
        unreadable = share == null;
    }

    /** Processes a report of the switch. */
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

    /** Records that the switch's report was deleted. */
    public void heardNoMore() {
        books.heardNoMore();
        refusal = null;
    }

    /**
     * Processes a rule set of this port that was read in the log; null: a tombstone.
     *
     * @return whether it was written by another owner of the partition and replaced ours
     */
    public boolean read(@Nullable RuleSet set) {
        if (set != null && set.revision().compareTo(newest) > 0) {
            newest = set.revision();
        }
        return books.read(set);
    }

    /** Records that the next own rule set was read in the log. */
    public void readOwn() {
        books.readOwn();
    }

    // ---- outputs

    /** Decides what to write now, and counts it as written. */
    public RuleSetChanges advance() {
        RuleSet last = books.set();
        if (unreadable || (last == null && share == null)) {
            return RuleSetChanges.NOTHING;
        }
        SwitchRules want = wanted();
        // A former owner woke up late and wrote before this one did.
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
            return new RuleSetChanges(List.of(set), List.of(), null);
        }
        if (share == null && books.isApplied()) {
            books.wrote(null);
            return new RuleSetChanges(List.of(), List.of(id.datapathId()), null);
        }
        return RuleSetChanges.NOTHING;
    }

    private SwitchRules wanted() {
        return share == null
                ? SwitchRules.NONE
                : PathCompiler.meter(share)
                        .map(meter -> new SwitchRules(List.of(meter), List.of(), List.of()))
                        .orElse(SwitchRules.NONE);
    }

    // ---- state

    /**
     * Returns whether best effort has to use the meter. If the switch rejected it, best effort continues without one. If the switch was not
     * asked, for example because it must not be written to, rules wait for the meter.
     */
    public boolean isMetered() {
        return share != null && refusal() == null && !wanted().isEmpty();
    }

    /**
     * Returns the reason why the switch rejected the meter; null: it accepted it, has not reported yet, or was not
     * asked.
     */
    public Confirmation.@Nullable Failed refusal() {
        return share == null ? null : refusal;
    }

    /** Returns whether nothing is left to track. */
    public boolean isFinished() {
        return share == null && !unreadable && books.isRemoved();
    }
}
