package io.vlink.networkapi.messaging;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Callers that wait for an answer over Kafka, by request id. Thread-safe. */
final class Awaited<A> {

    private final Map<String, CompletableFuture<A>> awaited = new ConcurrentHashMap<>();

    /**
     * Completes {@code answer} when the answer arrives. Drops it when it completes otherwise, such as by a deadline.
     */
    void await(String requestId, CompletableFuture<A> answer) {
        awaited.put(requestId, answer);
        CompletableFuture<A> unused = answer.whenComplete((got, error) -> awaited.remove(requestId));
    }

    void take(@Nullable String requestId, A answer) {
        CompletableFuture<A> waiter = requestId == null ? null : awaited.get(requestId);
        if (waiter != null) {
            waiter.complete(answer);
        }
    }
}
