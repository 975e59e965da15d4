package io.vlink.operator.wish;

import io.vlink.events.requests.Answer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A wish that was made, and its answer once there is one. It lives in memory only: after a restart all is asked anew. */
public record Asked(
        Wish wish, String requestId, Instant at, @Nullable Answer answer) {

    public Asked answered(Answer heard) {
        return new Asked(wish, requestId, at, heard);
    }

    /** Whether {@code wanted} need not be made: it was, and was answered, or may still be. */
    public boolean settles(Wish wanted, Duration patience, Instant now) {
        return wish.sameAs(wanted) && (answer != null || now.isBefore(at.plus(patience)));
    }
}
