package io.vlink.flow.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.statuses.Condition;
import io.vlink.flow.sample.Replay;

/** A condition of a status, word for word. */
final class SaidCondition {

    private SaidCondition() {}

    static void says(Replay replay, Condition.Type type, Condition.Truth truth, String reason, String message) {
        Condition condition = replay.condition(type);
        assertThat(condition.status()).isEqualTo(truth);
        assertThat(condition.reason()).isEqualTo(reason);
        assertThat(condition.message()).isEqualTo(message);
    }
}
