package io.vlink.flow.ledger;

import io.vlink.events.Revision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.flow.compile.SwitchRules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One network in one switch: the rule set as it stands in the log, and what the switch said of it. */
final class SwitchLedger {

    private static final Confirmation APPLIED = new Confirmation.Applied();
    private static final Confirmation PENDING = new Confirmation.Pending();

    private final OwnRecord<RuleSet> set = new OwnRecord<>();
    private SwitchRules content = SwitchRules.NONE;
    /** The first of the revisions that bore the present content without a break: to confirm any of them is enough. */
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
        set.wrote(next);
        contentIs(next);
        inherited = false;
    }

    /** Returns whether another's record took the place of ours. */
    boolean read(@Nullable RuleSet next) {
        boolean foreign = set.read(next);
        if (foreign) {
            contentIs(next);
        }
        return foreign;
    }

    private void contentIs(@Nullable RuleSet next) {
        SwitchRules before = content;
        content = next == null ? SwitchRules.NONE : SwitchRules.of(next);
        if (next == null) {
            contentSince = null;
        } else if (contentSince == null || !content.equals(before)) {
            contentSince = next.revision();
        }
    }

    /** Returns whether this was news: a lower mastership, or an older revision under the same one, is not. */
    boolean heard(RuleState next, long offset, Instant at) {
        if (state != null
                && (next.epoch() < state.epoch()
                        || (next.epoch() == state.epoch() && next.revision().compareTo(state.revision()) < 0))) {
            return false;
        }
        state = next;
        stateOffset = offset;
        heardAt = at;
        return true;
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
        if (state.applied()) {
            return APPLIED;
        }
        String error = state.error();
        return new Confirmation.Failed(error == null ? "The switch gave no reason." : error);
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

    /** Nothing stands in the log, nothing of ours is on its way, and the switch said its last word. */
    boolean isGone() {
        return set.isGone() && state == null;
    }

    boolean isCleared() {
        return set.isGone();
    }
}
