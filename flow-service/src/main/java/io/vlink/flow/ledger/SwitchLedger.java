package io.vlink.flow.ledger;

import io.vlink.events.Revision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import io.vlink.flow.compile.SwitchRules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of one network in one switch: its rule set in the log, and the switch's report on it. */
final class SwitchLedger {

    private static final Confirmation APPLIED = new Confirmation.Applied();
    private static final Confirmation PENDING = new Confirmation.Pending();

    private final OwnRecord<RuleSet> set = new OwnRecord<>();
    private SwitchRules content = SwitchRules.NONE;
    /**
     * The first of the revisions that had the present contents without interruption, in any table. The confirmation of any of
     * them is enough.
     */
    private @Nullable Revision contentSince;

    private @Nullable RuleState state;
    private long stateOffset = -1;
    private Instant heardAt = Instant.EPOCH;

    /** True if the record is from a former owner and was not rewritten here. */
    private boolean inherited;

    @Nullable RuleSet set() {
        return set.value();
    }

    SwitchRules content() {
        return content;
    }

    void wrote(@Nullable RuleSet next) {
        wrote(next, contentOf(next));
    }

    /** The same, with the contents of the record given. */
    void wrote(@Nullable RuleSet next, SwitchRules held) {
        set.wrote(next);
        contentIs(next, held);
        inherited = false;
    }

    /** Records what was written over another owner's: what the switch confirmed before may be that one. */
    void wroteAnew(RuleSet next) {
        contentSince = null;
        wrote(next);
    }

    /** Processes a record that was read; returns whether another owner's replaced ours. */
    boolean read(@Nullable RuleSet next) {
        boolean foreign = set.read(next);
        if (foreign) {
            contentIs(next, contentOf(next));
        }
        return foreign;
    }

    void readOwn() {
        set.readOwn();
    }

    private static SwitchRules contentOf(@Nullable RuleSet record) {
        return record == null ? SwitchRules.NONE : SwitchRules.of(record);
    }

    private void contentIs(@Nullable RuleSet next, SwitchRules held) {
        SwitchRules before = content;
        content = held;
        if (next == null) {
            contentSince = null;
        } else if (contentSince == null || !content.doAs(before)) {
            contentSince = next.revision();
        }
    }

    /**
     * Processes a report. One with a lower epoch than the last, or an older revision in the same epoch, is dropped.
     *
     * @return whether the report was used
     */
    boolean heard(RuleState next, long offset, Instant at) {
        if (state != null
                && (next.epoch() < state.epoch()
                        || (next.epoch() == state.epoch() && next.revision().compareTo(state.revision()) < 0))) {
            return false;
        }
        // A refused switch is not written to; what it confirmed before stays the last known state.
        boolean lastKnown = state != null && state.applied() && isApplied() && isRefusal(next);
        state = lastKnown ? next.asApplied() : next;
        stateOffset = offset;
        heardAt = at;
        return true;
    }

    /** Returns whether the switch was not asked because it is refused. */
    private static boolean isRefusal(RuleState said) {
        return said.is(RuleStateReason.SWITCH_REFUSED);
    }

    void heardNoMore() {
        state = null;
    }

    Confirmation confirmation() {
        if (contentSince == null) {
            return APPLIED;
        }
        if (state == null || state.revision().compareTo(contentSince) < 0) {
            return PENDING;
        }
        return meaningOf(state);
    }

    /** Returns the meaning of a switch's report for the rule set that it concerns. */
    static Confirmation meaningOf(RuleState said) {
        if (said.applied()) {
            return APPLIED;
        }
        return isRefusal(said) ? PENDING : Confirmation.Failed.of(said);
    }

    /** Returns the foreign rule above the installed rules; absent: none was seen. */
    @Nullable Shadow shadow() {
        return state == null ? null : state.shadow();
    }

    /** Returns the first revision with the present contents; absent: there is no record in the log. */
    @Nullable Revision contentSince() {
        return contentSince;
    }

    boolean isApplied() {
        return confirmation() instanceof Confirmation.Applied;
    }

    long stateOffset() {
        return stateOffset;
    }

    Instant heardAt() {
        return heardAt;
    }

    void inherit() {
        inherited = set.value() != null;
    }

    boolean inherited() {
        return inherited;
    }

    /** Returns whether there is no record in the log, and none is on its way. */
    boolean isRemoved() {
        return set.isRemoved();
    }
}
