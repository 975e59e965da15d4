package io.vlink.networkapi.view;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for conditions on keys, and tells of changes. Thread-safe; no thread blocks. */
final class Waiters {

    private record Waiter(BooleanSupplier condition, CompletableFuture<Boolean> result) {}

    /** Upper bound of all waits. */
    private volatile Duration longest = Duration.ofDays(1);

    private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Set<Runnable>> watching = new ConcurrentHashMap<>();

    /** Calls {@code look} after each change of the key, before any wait for it ends, until the watch is closed. */
    View.Watch watch(String key, Runnable look) {
        join(watching, key, look);
        return () -> leave(watching, key, look);
    }

    CompletableFuture<Boolean> await(String key, BooleanSupplier condition, Duration deadline) {
        if (condition.getAsBoolean()) {
            return CompletableFuture.completedFuture(true);
        }
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        join(waiting, key, waiter);
        // Read only after the waiter is in the list: either this or drain sees the other.
        Duration patience = deadline.compareTo(longest) < 0 ? deadline : longest;
        CompletableFuture<Boolean> result = waiter.result()
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((held, error) -> leave(waiting, key, waiter));
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
        watching.getOrDefault(key, Set.of()).forEach(Runnable::run);
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

    private static <T> void join(Map<String, Set<T>> all, String key, T one) {
        all.compute(key, (k, set) -> {
            Set<T> joined = set == null ? ConcurrentHashMap.newKeySet() : set;
            joined.add(one);
            return joined;
        });
    }

    private static <T> void leave(Map<String, Set<T>> all, String key, T one) {
        all.computeIfPresent(key, (k, set) -> {
            set.remove(one);
            return set.isEmpty() ? null : set;
        });
    }
}
