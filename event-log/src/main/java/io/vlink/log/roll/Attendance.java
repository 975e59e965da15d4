package io.vlink.log.roll;

import io.vlink.events.services.Sighting;
import io.vlink.log.Vitals;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.serving.EventLog;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state that an instance reports of itself, and the proof that it works. */
public interface Attendance {

    /** Calls {@code proven} soon, from the thread that does this service's work; never, if that thread is stuck. */
    void prove(Runnable proven);

    /** The partition numbers that it serves. */
    Set<Integer> served();

    /** Why it is not ready, in words; null when ready. */
    @Nullable String reason();

    /** The devices that claim switches of other instances; null: none. */
    default @Nullable List<Sighting> sightings() {
        return null;
    }

    /** The suite whose data it uses; null where that is not needed, or not known yet. */
    default @Nullable String suite() {
        return null;
    }

    /** The doubts about Kafka's data, for people; null: none. */
    default @Nullable String doubt() {
        return null;
    }

    /** Its member id in the service's consumer group, as Kafka assigned it; null while it is in none. */
    default @Nullable String member() {
        return null;
    }

    /** Calls {@code listener} whenever there is something new to report. */
    void onNews(Runnable listener);

    /**
     * Returns the attendance of a service that makes decisions.
     *
     * @param vitals the vitals of all logs that it works with
     */
    static Attendance of(EventLog<?> log, Supplier<? extends Collection<Vitals>> vitals) {
        return of(log, vitals, List::of);
    }

    /**
     * Returns the attendance of a service that makes decisions and sees switches of others.
     *
     * @param vitals the vitals of all logs that it works with
     * @param sightings the devices that claim those switches
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

    /** Returns the attendance of a service that only reads. */
    static Attendance of(WholeLog log) {
        return new Attendance() {
            @Override
            public void prove(Runnable proven) {
                if (log.vitals("view").ended().isEmpty()) {
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
                return "%s: not fully loaded yet, only %s".formatted(log.name(), log.read());
            }
        }
        return null;
    }
}
