package io.vlink.flow.status;

import io.vlink.events.statuses.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said under one type of condition. To have another one said, write a class and name it in
 * {@link Conditions}.
 */
interface Judgement {

    Condition.Type type();

    /**
     * Judges what is delivered.
     *
     * @param before what was found under the types that stand before this one in {@link Conditions}
     * @return absent: nothing is said under this type
     */
    @Nullable Finding of(Delivered now, Findings before);

    /** Since when that is so, if it was not so before: when the last came in that it may follow from. */
    default Instant since(Delivered now) {
        return now.asOf();
    }
}
