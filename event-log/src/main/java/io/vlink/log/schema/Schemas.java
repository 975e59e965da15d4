package io.vlink.log.schema;

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
 * The forms of records of internal topics that this build reads; {@link io.vlink.log.Forms} defines those that are
 * written. A record has the number of its form in a header, if it is above 1. So it is known without parsing whether
 * the record can be read, and records with number 1 need no header. Immutable.
 */
public final class Schemas {

    /** The number of a record's form, in decimal digits. Absent: 1. */
    static final String HEADER = "vlink-schema";

    /** The number of a record whose header contains none. No build reads it. */
    static final int NONE = 0;

    /** The forms that this build reads. */
    public static final Schemas TODAY = new Schemas(Topic::schema, Conversions.ALL);

    private static final int DIGITS = 6;

    private final Map<Topic, Range> ranges = new EnumMap<>(Topic.class);
    private final Map<Topic, Map<Integer, Conversion>> conversions = new EnumMap<>(Topic.class);

    /**
     * The numbers of one topic that are read.
     *
     * @param oldest the first number that is read; from there on each has a conversion
     * @param newest the number of the newest form
     */
    private record Range(int oldest, int newest) {}

    /**
     * Creates the schemas.
     *
     * @param newest returns the number of the newest form
     * @throws IllegalArgumentException if a conversion leads nowhere, or two have the same number
     */
    public Schemas(ToIntFunction<Topic> newest, List<Conversions.ConversionPair> steps) {
        for (Conversions.ConversionPair step : steps) {
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

    /** Returns the headers of a record with the given schema number. */
    public static List<Header> headers(int number) {
        return number > 1 ? List.of(header(number)) : List.of();
    }

    /** Returns the headers to keep when a record is written again unchanged. */
    public static List<Header> kept(Headers of) {
        Header header = of.lastHeader(HEADER);
        return header == null ? List.of() : List.of(header);
    }

    /** Returns the number of a record; {@link #NONE} if its header contains none. */
    public static int number(Topic topic, Headers of) {
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

    /** The number of the newest form, which records are converted to, and services work with. */
    public int newest(Topic topic) {
        return range(topic).newest();
    }

    public boolean reads(Topic topic, int number) {
        Range range = range(topic);
        return number <= range.newest() && number >= range.oldest();
    }

    /** Describes the number of a record and those that this build reads, in words. */
    public String words(Topic topic, int number) {
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
     * Converts a record to the newest form.
     *
     * @throws UnreadableEvent if it cannot be converted
     */
    public JsonNode today(Topic topic, int number, JsonNode record) throws UnreadableEvent {
        if (!reads(topic, number)) {
            throw new UnreadableEvent("The record %s.".formatted(words(topic, number)));
        }
        JsonNode converted = record;
        Map<Integer, Conversion> steps = conversions.getOrDefault(topic, Map.of());
        for (int at = number; at < newest(topic); at++) {
            Conversion step = steps.get(at);
            if (step == null || !(converted instanceof ObjectNode object)) {
                throw new UnreadableEvent(
                        "The record is not an object of schema number %d of %s.".formatted(at, topic));
            }
            try {
                converted = step.convert(object);
            } catch (RuntimeException e) { // an invalid record must not stop later ones
                throw new UnreadableEvent(
                        "The record of schema number %d cannot be converted: %s".formatted(at, e.getMessage()), e);
            }
        }
        return converted;
    }
}
