package io.vlink.flow.status;

import io.vlink.events.statuses.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Computes one type of condition. To add another type, write such a class and list it in {@link StatusConditions}.
 */
interface Judgement {

    Condition.Type type();

    /**
     * Judges what is delivered.
     *
     * @param before the findings of the types before this one in {@link StatusConditions}
     * @return absent: there is no condition of this type
     */
    @Nullable Finding of(Delivered now, Findings before);

    /** Returns the transition time if the status changed: that of the last record that may have caused the change. */
    default Instant since(Delivered now) {
        return now.asOf();
    }
}
