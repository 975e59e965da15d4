package io.vlink.log;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a log at one moment, for health checks.
 *
 * @param name the purpose of the log
 * @param begun whether it has started reading
 * @param loaded whether all of its data was loaded
 * @param read what it owns or shows, in words
 * @param ended its threads that ended without being stopped
 * @param turn the duration of the present turn; zero between turns
 * @param silence the time since Kafka was last heard from; null: never
 * @param halted why no decisions are made although all data could be read, for people; null: all is well
 */
public record Vitals(
        String name,
        boolean begun,
        boolean loaded,
        String read,
        List<String> ended,
        Duration turn,
        @Nullable Duration silence,
        @Nullable String halted) {

    /** A reader hears from Kafka twice a second even if nothing is written; after a longer silence, Kafka is away. */
    public static final Duration TOO_SILENT = Duration.ofSeconds(5);

    public Vitals {
        ended = List.copyOf(ended);
    }

    /** The vitals of a log that is not halted. */
    public Vitals(
            String name,
            boolean begun,
            boolean loaded,
            String read,
            List<String> ended,
            Duration turn,
            @Nullable Duration silence) {
        this(name, begun, loaded, read, ended, turn, silence, null);
    }
}
