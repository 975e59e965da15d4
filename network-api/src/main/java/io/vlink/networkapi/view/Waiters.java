package io.vlink.networkapi.view;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Those who wait until something holds of a key. Thread-safe; nobody blocks. */
final class Waiters {

    private record Waiter(BooleanSupplier condition, CompletableFuture<Boolean> result) {}

    private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    CompletableFuture<Boolean> await(String key, BooleanSupplier condition, Duration deadline) {
        if (condition.getAsBoolean()) {
            return CompletableFuture.completedFuture(true);
        }
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        waiting.compute(key, (k, set) -> {
            Set<Waiter> waiters = set == null ? ConcurrentHashMap.newKeySet() : set;
            waiters.add(waiter);
            return waiters;
        });
        CompletableFuture<Boolean> result = waiter.result()
                .completeOnTimeout(false, deadline.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((held, error) -> leave(key, waiter));
        // Looked at again: it may have come to hold before the waiter was in the list.
        if (condition.getAsBoolean()) {
            waiter.result().complete(true);
        }
        return result;
    }

    void changed(String key) {
        Set<Waiter> waiters = waiting.get(key);
        if (waiters != null) {
            for (Waiter waiter : waiters) {
                if (waiter.condition().getAsBoolean()) {
                    waiter.result().complete(true);
                }
            }
        }
    }

    private void leave(String key, Waiter waiter) {
        waiting.computeIfPresent(key, (k, set) -> {
            set.remove(waiter);
            return set.isEmpty() ? null : set;
        });
    }
}
