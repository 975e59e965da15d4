package io.vlink.networkapi.messaging;

import io.vlink.events.requests.Answer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Those who produced a request and wait for its answer, by request id. Thread-safe. */
final class AnswersAwaited {

    private final Map<String, CompletableFuture<Answer>> awaited = new ConcurrentHashMap<>();

    /** Completes {@code answer} when it comes; forgets it when it is completed otherwise, as by a deadline. */
    void await(String requestId, CompletableFuture<Answer> answer) {
        awaited.put(requestId, answer);
        CompletableFuture<Answer> unused = answer.whenComplete((got, error) -> awaited.remove(requestId));
    }

    void take(Answer answer) {
        String id = answer.requestId();
        CompletableFuture<Answer> waiter = id == null ? null : awaited.get(id);
        if (waiter != null) {
            waiter.complete(answer);
        }
    }
}
