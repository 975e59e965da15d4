package io.vlink.log;

import io.vlink.events.services.Sighting;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an instance has to say of itself, and the proof that it decides. */
public interface Attendance {

    /** Has {@code proven} called soon, from whatever does this service's work: never, where that is stuck. */
    void prove(Runnable proven);

    /** The partition numbers that it serves. */
    Set<Integer> served();

    /** Why it is not ready, in words; absent where it is. */
    @Nullable String reason();

    /** Who claims switches of other instances; none: absent. */
    default @Nullable List<Sighting> sightings() {
        return null;
    }

    /** Which suite's data it works with; absent where nobody needs to know, or it is not known yet. */
    default @Nullable String suite() {
        return null;
    }

    /** What it doubts of Kafka's data, for people; absent: nothing. */
    default @Nullable String doubt() {
        return null;
    }

    /** As which member of its service's consumer group it reads, by Kafka's member id; absent while it is in none. */
    default @Nullable String member() {
        return null;
    }

    /** Has {@code listener} called whenever there is something new to say. */
    void onNews(Runnable listener);

    /**
     * That of a service which decides.
     *
     * @param vitals of all that it works with
     */
    static Attendance of(EventLog<?> log, Supplier<? extends Collection<Vitals>> vitals) {
        return of(log, vitals, List::of);
    }

    /**
     * The same of one that sees others' switches.
     *
     * @param vitals of all that it works with
     * @param sightings who claims them
     */
    static Attendance of(
            EventLog<?> log, Supplier<? extends Collection<Vitals>> vitals, Supplier<List<Sighting>> sightings) {
        return new Attendance() {
            @Override
            public void prove(Runnable proven) {
                log.prove(proven);
            }

            @Override
            public Set<Integer> served() {
                return log.served();
            }

            @Override
            public @Nullable String reason() {
                return whyNotReady(vitals.get());
            }

            @Override
            public @Nullable List<Sighting> sightings() {
                List<Sighting> seen = sightings.get();
                return seen.isEmpty() ? null : seen;
            }

            @Override
            public @Nullable String member() {
                return log.member();
            }

            @Override
            public void onNews(Runnable listener) {
                log.onServing(listener);
            }
        };
    }

    /** That of a service which only reads. */
    static Attendance of(WholeLog log) {
        return new Attendance() {
            @Override
            public void prove(Runnable proven) {
                if (!log.hasEnded()) {
                    proven.run();
                }
            }

            @Override
            public Set<Integer> served() {
                return Set.of();
            }

            @Override
            public @Nullable String reason() {
                return whyNotReady(List.of(log.vitals("view")));
            }

            @Override
            public void onNews(Runnable listener) {
                // it serves no partitions
            }
        };
    }

    private static @Nullable String whyNotReady(Collection<Vitals> all) {
        for (Vitals log : all) {
            if (log.halted() != null) {
                return "it has halted: " + log.halted();
            }
            if (!log.ended().isEmpty()) {
                return "%s: the thread %s has ended".formatted(log.name(), String.join(", ", log.ended()));
            }
            if (!log.loaded()) {
                return "%s: not all is loaded yet, only %s".formatted(log.name(), log.read());
            }
        }
        return null;
    }
}
