package io.vlink.networkapi.view;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for conditions on keys. Thread-safe; no thread blocks. */
final class Waiters {

    private record Waiter(BooleanSupplier condition, CompletableFuture<Boolean> result) {}

    /** Upper bound of all waits. */
    private volatile Duration longest = Duration.ofDays(1);

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
        // Read only after the waiter is in the list: either this or drain sees the other.
        Duration patience = deadline.compareTo(longest) < 0 ? deadline : longest;
        CompletableFuture<Boolean> result = waiter.result()
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((held, error) -> leave(key, waiter));
        // Checked again: the condition may have become true before the waiter was in the list.
        if (condition.getAsBoolean()) {
            waiter.result().complete(true);
        }
        return result;
    }

    /** Limits all waits to {@code grace} from now on. */
    void drain(Duration grace) {
        longest = grace;
        for (Set<Waiter> waiters : waiting.values()) {
            for (Waiter waiter : waiters) {
                CompletableFuture<Boolean> unused =
                        waiter.result().completeOnTimeout(false, grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Checks all conditions again. */
    void changed() {
        waiting.keySet().forEach(this::changed);
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

    int count() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    private void leave(String key, Waiter waiter) {
        waiting.computeIfPresent(key, (k, set) -> {
            set.remove(waiter);
            return set.isEmpty() ? null : set;
        });
    }
}
