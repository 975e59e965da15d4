package io.vlink.networkapi.messaging;

import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived by REST, and the answer that its caller waits for. Until its decision begins it may expire, and
 * is then never recorded. Once the decision has begun, only a Kafka that does not answer in time keeps the caller from
 * the verdict: a caller is not told "unavailable" about what is recorded merely because others were before it.
 * Thread-safe.
 */
final class PendingWrite {

    private final Request request;
    private final CompletableFuture<Void> turn;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /**
     * Makes the entry of a request.
     *
     * @param deadline the longest time until its decision begins, and again from then until Kafka has the result
     */
    PendingWrite(Request request, Duration deadline) {
        this.request = request;
        this.turn = new CompletableFuture<Void>().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> unused = turn.whenComplete((begun, late) -> begun(deadline, late));
    }

    private void begun(Duration deadline, @Nullable Throwable late) {
        if (late == null) {
            CompletableFuture<Answer> unused = answer.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            answer.completeExceptionally(new UndecidedException());
        }
    }

    Request request() {
        return request;
    }

    /**
     * The answer. Fails with an {@link UndecidedException} if the decision has not begun before the deadline, and with a
     * {@link java.util.concurrent.TimeoutException} if Kafka does not answer in time after that.
     */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** Begins its decision. Returns false if it has expired: then it must not be recorded. */
    boolean begin() {
        return turn.complete(null);
    }

    /** Whether its caller has an answer already, such as that it took too long. */
    boolean isOver() {
        return answer.isDone();
    }

    /** Gives it back undecided, because this instance does not own its partition. */
    void refuse() {
        if (turn.complete(null)) {
            answer.completeExceptionally(new OwnerLostException());
        }
    }
}
