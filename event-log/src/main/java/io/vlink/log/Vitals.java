package io.vlink.log;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a log fares at one moment, for health checks.
 *
 * @param name what it is for
 * @param begun whether it has begun to read
 * @param loaded whether all that it is to know was taken in
 * @param read what it has come to own or to show, in words
 * @param ended its threads that ended though nobody stopped it
 * @param turn how long the present turn has been going on; zero between turns
 * @param silence since when Kafka was not heard; null: it never was
 * @param halted why nothing is decided though all could be read, for people; null: all is well
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

    /** A reader hears from Kafka twice a second even where nothing is written; when it has not for longer, Kafka is away. */
    public static final Duration TOO_SILENT = Duration.ofSeconds(5);

    public Vitals {
        ended = List.copyOf(ended);
    }

    /** Those of a log that is not halted. */
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
