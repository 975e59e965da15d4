package io.vlink.flow.status;

import io.vlink.events.statuses.Condition.Truth;

/** What is to be said of one condition, before it is known since when. */
record Finding(Truth truth, String reason, String message, long generation) {

    static Finding yes(String reason, String message, long generation) {
        return new Finding(Truth.TRUE, reason, message, generation);
    }

    static Finding no(String reason, String message, long generation) {
        return new Finding(Truth.FALSE, reason, message, generation);
    }

    boolean holds() {
        return truth == Truth.TRUE;
    }
}
