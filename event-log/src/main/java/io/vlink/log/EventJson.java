package io.vlink.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vlink.log.schema.Schemas;
import io.vlink.log.schema.UnreadableEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Converts events to and from JSON: absent values are left out, instants are ISO 8601, and unknown fields are ignored,
 * which makes a new optional field a compatible change. Thread-safe.
 */
public final class EventJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(SafeTextSerializer.module())
            .addModule(new SimpleModule()
                    .addDeserializer(String.class, new SharedStrings())
                    .addDeserializer(Instant.class, new SharedInstants())
                    .addSerializer(Instant.class, new WrittenInstants()))
            .annotationIntrospector(AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new NoAbsence()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private static final Map<Class<?>, ObjectReader> READERS = new ConcurrentHashMap<>();

    private EventJson() {}

    /** The mapper itself, for code that reads trees. Must not be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static byte[] write(Object event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The event %s cannot be written as JSON.".formatted(event), e);
        }
    }

    /**
     * Reads one event. A record of an older form is converted first.
     *
     * @throws UnreadableEvent if it is a tombstone, is not JSON, is not such an event, has a form that this build does
     *     not read, or lacks a field that is not {@link org.jspecify.annotations.Nullable}
     */
    public static <T> T read(Entry entry, Class<T> type) throws UnreadableEvent {
        return read(entry, type, Schemas.TODAY);
    }

    static <T> T read(Entry entry, Class<T> type, Schemas schemas) throws UnreadableEvent {
        byte[] value = entry.value();
        if (value == null) {
            throw new UnreadableEvent("The record has no value; a %s is expected.".formatted(type.getSimpleName()));
        }
        try {
            ObjectReader reader = READERS.computeIfAbsent(type, MAPPER::readerFor);
            T event = entry.schema() == schemas.newest(entry.topic())
                    ? reader.readValue(value)
                    : reader.readValue(schemas.today(entry.topic(), entry.schema(), MAPPER.readTree(value)));
            if (event == null) {
                throw new UnreadableEvent("The record is null; a %s is expected.".formatted(type.getSimpleName()));
            }
            return event;
        } catch (InvalidNullException e) {
            throw new UnreadableEvent(
                    "The record is not a valid %s: %s is missing.".formatted(type.getSimpleName(), NoAbsence.path(e)),
                    e);
        } catch (IOException e) {
            String cause = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new UnreadableEvent("The record is not a valid %s: %s".formatted(type.getSimpleName(), cause), e);
        }
    }
}
