package io.vlink.networkapi.messaging;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Those who asked something over Kafka and wait for the answer, by request id. Thread-safe. */
final class Awaited<A> {

    private final Map<String, CompletableFuture<A>> awaited = new ConcurrentHashMap<>();

    /** Completes {@code answer} when it comes; forgets it when it is completed otherwise, as by a deadline. */
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
