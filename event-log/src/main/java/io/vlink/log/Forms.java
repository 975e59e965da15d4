package io.vlink.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.log.schema.Conversion;
import io.vlink.log.schema.Conversions;
import io.vlink.log.schema.Schemas;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.header.Header;

/**
 * The forms in which records are written: those of the generation that the suite is finalised for. Every build that may
 * run beside this one reads them. {@link Schemas} defines which forms are read. Immutable.
 */
public final class Forms {

    /** This build's forms: those of a suite that it created, or that was finalised for it. */
    public static final Forms NEWEST = of(Topic.generation());

    private final Map<Topic, WrittenForm> forms = new EnumMap<>(Topic.class);

    /**
     * The form of one topic's records.
     *
     * @param headers the headers of each record
     * @param back the conversions from the newest form to the written one; empty where they are the same
     */
    private record WrittenForm(List<Header> headers, List<Conversion> back) {}

    /**
     * Creates the forms.
     *
     * @param newest returns the number of the newest form
     * @param written returns the number that is written
     * @throws IllegalArgumentException if there are no conversions from one to the other
     */
    Forms(ToIntFunction<Topic> newest, ToIntFunction<Topic> written, List<Conversions.ConversionPair> steps) {
        for (Topic topic : Topic.values()) {
            int number = written.applyAsInt(topic);
            List<Conversion> back = new ArrayList<>();
            for (int at = newest.applyAsInt(topic) - 1; at >= number; at--) {
                back.add(back(topic, at, steps));
            }
            forms.put(topic, new WrittenForm(Schemas.headers(number), List.copyOf(back)));
        }
    }

    private static Conversion back(Topic topic, int to, List<Conversions.ConversionPair> steps) {
        return steps.stream()
                .filter(step -> step.topic() == topic && step.from() == to)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No conversion of %s leads back to schema number %d.".formatted(topic, to)))
                .back();
    }

    /**
     * Returns the forms of a generation.
     *
     * @param generation from 0 to {@link Topic#generation()}
     */
    public static Forms of(int generation) {
        return new Forms(Topic::schema, topic -> topic.schemaIn(generation), Conversions.ALL);
    }

    /** Returns a record's value. */
    public byte[] write(Topic topic, Object event) {
        List<Conversion> back = form(topic).back();
        if (back.isEmpty()) {
            return EventJson.write(event);
        }
        ObjectNode record = EventJson.mapper().valueToTree(event);
        for (Conversion step : back) {
            record = step.convert(record);
        }
        return EventJson.write(record);
    }

    /** Returns the headers of a record. */
    public List<Header> headers(Topic topic) {
        return form(topic).headers();
    }

    private WrittenForm form(Topic topic) {
        return Objects.requireNonNull(forms.get(topic), topic::toString);
    }
}
