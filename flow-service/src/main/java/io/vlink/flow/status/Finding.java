package io.vlink.flow.status;

import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.ConditionReason;

/**
 * The result for one condition, still without its transition time.
 *
 * @param reason one of {@link ConditionReason}, or the reason given by another service
 */
record Finding(Truth truth, String reason, String message, long generation) {

    Finding(Truth truth, ConditionReason reason, String message, long generation) {
        this(truth, reason.word(), message, generation);
    }

    static Finding yes(ConditionReason reason, String message, long generation) {
        return new Finding(Truth.TRUE, reason, message, generation);
    }

    /** For a reason of another service. */
    static Finding yes(String reason, String message, long generation) {
        return new Finding(Truth.TRUE, reason, message, generation);
    }

    static Finding no(ConditionReason reason, String message, long generation) {
        return new Finding(Truth.FALSE, reason, message, generation);
    }

    /** For a reason of another service. */
    static Finding no(String reason, String message, long generation) {
        return new Finding(Truth.FALSE, reason, message, generation);
    }

    boolean holds() {
        return truth == Truth.TRUE;
    }

    boolean is(ConditionReason asked) {
        return reason.equals(asked.word());
    }

    /** Returns the same finding with another reason. */
    Finding named(ConditionReason other) {
        return new Finding(truth, other, message, generation);
    }
}
