package io.vlink.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Which shapes of the records of internal topics this build reads; which of them are written is for {@link Forms} to say. A
 * record has the number of its shape in a header, where it is above 1: whether it can be read is known without parsing it,
 * and records stay as small as they were. Immutable.
 */
public final class Schemas {

    /** The number of a record's shape, in decimal digits. Absent: 1. */
    static final String HEADER = "vlink-schema";

    /** Stands for a header that holds no number. No build reads that. */
    static final int NONE = 0;

    /** What this build reads. */
    static final Schemas TODAY = new Schemas(Topic::schema, Conversions.ALL);

    private static final int DIGITS = 6;

    private final Map<Topic, Range> ranges = new EnumMap<>(Topic.class);
    private final Map<Topic, Map<Integer, Conversion>> conversions = new EnumMap<>(Topic.class);

    /**
     * What of one topic is read.
     *
     * @param oldest the first number that is read; from there on each has a conversion
     * @param newest that of today's shape
     */
    private record Range(int oldest, int newest) {}

    /**
     * Makes them.
     *
     * @param newest the number of today's shape
     * @throws IllegalArgumentException if a conversion leads nowhere, or there are two of one number
     */
    Schemas(ToIntFunction<Topic> newest, List<Conversions.Step> steps) {
        for (Conversions.Step step : steps) {
            Conversion before = conversions
                    .computeIfAbsent(step.topic(), topic -> new HashMap<>())
                    .put(step.from(), step.conversion());
            if (before != null || step.from() < 1 || step.from() >= newest.applyAsInt(step.topic())) {
                throw new IllegalArgumentException(
                        "The conversion of %s from schema number %d must be the only one, and from a number below %d."
                                .formatted(step.topic(), step.from(), newest.applyAsInt(step.topic())));
            }
        }
        for (Topic topic : Topic.values()) {
            int today = newest.applyAsInt(topic);
            int oldest = today;
            while (conversions.getOrDefault(topic, Map.of()).containsKey(oldest - 1)) {
                oldest--;
            }
            ranges.put(topic, new Range(oldest, today));
        }
    }

    private static Header header(int number) {
        return new RecordHeader(HEADER, Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    /** What a record of a number has to bear. */
    static List<Header> headers(int number) {
        return number > 1 ? List.of(header(number)) : List.of();
    }

    /** What a record has to bear that is written again as it stands. */
    static List<Header> kept(Headers of) {
        Header header = of.lastHeader(HEADER);
        return header == null ? List.of() : List.of(header);
    }

    /** The number of a record; {@link #NONE} where its header holds none. */
    static int number(Topic topic, Headers of) {
        Header header = topic.isInternal() ? of.lastHeader(HEADER) : null;
        if (header == null) {
            return 1;
        }
        byte[] digits = header.value();
        if (digits == null || digits.length == 0 || digits.length > DIGITS) {
            return NONE;
        }
        int number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                return NONE;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private Range range(Topic topic) {
        return Objects.requireNonNull(ranges.get(topic), topic::toString);
    }

    /** The number of today's shape: what records are converted to, and services work with. */
    int newest(Topic topic) {
        return range(topic).newest();
    }

    boolean reads(Topic topic, int number) {
        Range range = range(topic);
        return number <= range.newest() && number >= range.oldest();
    }

    /** What this build reads, and what not, in words. */
    String words(Topic topic, int number) {
        int newest = newest(topic);
        int first = range(topic).oldest();
        return "%s, and this build of Vlink reads %s"
                .formatted(
                        number == NONE
                                ? "has no number in its header " + HEADER
                                : "has the schema number %d".formatted(number),
                        first == newest ? "%d only".formatted(newest) : "%d to %d".formatted(first, newest));
    }

    /**
     * A record in the shape of today.
     *
     * @throws UnreadableEvent if it cannot be brought into it
     */
    JsonNode today(Topic topic, int number, JsonNode record) throws UnreadableEvent {
        if (!reads(topic, number)) {
            throw new UnreadableEvent("The record %s.".formatted(words(topic, number)));
        }
        JsonNode converted = record;
        Map<Integer, Conversion> steps = conversions.getOrDefault(topic, Map.of());
        for (int at = number; at < newest(topic); at++) {
            Conversion step = steps.get(at);
            if (step == null || !(converted instanceof ObjectNode object)) {
                throw new UnreadableEvent("The record is no object of schema number %d of %s.".formatted(at, topic));
            }
            try {
                converted = step.convert(object);
            } catch (RuntimeException e) { // a record that is none of its number must not stop those behind it
                throw new UnreadableEvent(
                        "The record of schema number %d cannot be converted: %s".formatted(at, e.getMessage()), e);
            }
        }
        return converted;
    }
}
