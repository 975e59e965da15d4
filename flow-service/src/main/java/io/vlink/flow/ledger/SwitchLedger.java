package io.vlink.flow.ledger;

import io.vlink.events.Revision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import io.vlink.flow.compile.SwitchRules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One network in one switch: the rule set as it stands in the log, and what the switch said of it. */
final class SwitchLedger {

    private static final Confirmation APPLIED = new Confirmation.Applied();
    private static final Confirmation PENDING = new Confirmation.Pending();

    private final OwnRecord<RuleSet> set = new OwnRecord<>();
    private SwitchRules content = SwitchRules.NONE;
    /**
     * The first of the revisions that bore the present content without a break, in whichever table: to confirm any of them is
     * enough.
     */
    private @Nullable Revision contentSince;

    private @Nullable RuleState state;
    private long stateOffset = -1;
    private Instant heardAt = Instant.EPOCH;

    /** Whether the record is from an owner before us and was not written anew by us. */
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

    /** The same where it is at hand what the record holds. */
    void wrote(@Nullable RuleSet next, SwitchRules held) {
        set.wrote(next);
        contentIs(next, held);
        inherited = false;
    }

    /** The same as before, though another wrote in between: what the switch confirmed until now may be the other's. */
    void wroteAnew(RuleSet next) {
        contentSince = null;
        wrote(next);
    }

    /** Returns whether another's record took the place of ours. */
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
     * A lower mastership than the last, or an older revision under the same one, is no news.
     *
     * @return whether it was news
     */
    boolean heard(RuleState next, long offset, Instant at) {
        if (state != null
                && (next.epoch() < state.epoch()
                        || (next.epoch() == state.epoch() && next.revision().compareTo(state.revision()) < 0))) {
            return false;
        }
        // A switch that is refused from now on is not written to; what it confirmed before is what is last known of it.
        boolean lastKnown = state != null && state.applied() && isApplied() && isRefusal(next);
        state = lastKnown ? next.asApplied() : next;
        stateOffset = offset;
        heardAt = at;
        return true;
    }

    /** Whether the switch was not even asked. */
    private static boolean isRefusal(RuleState said) {
        return said.is(RuleStateReason.SwitchRefused);
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

    /** What a switch says of the rule set that it speaks of. */
    static Confirmation meaningOf(RuleState said) {
        if (said.applied()) {
            return APPLIED;
        }
        return isRefusal(said) ? PENDING : Confirmation.Failed.of(said);
    }

    /** What stands over the rules that are there; absent: nothing that was seen. */
    @Nullable Shadow shadow() {
        return state == null ? null : state.shadow();
    }

    /** The first revision that bore the present content; absent: nothing stands in the log. */
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

    /** Nothing stands in the log, and nothing of ours is on its way. */
    boolean isGone() {
        return set.isGone();
    }
}
