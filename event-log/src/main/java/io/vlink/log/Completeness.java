package io.vlink.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is missing in a record that was read from JSON: Jackson puts null where a field is absent, whatever the type
 * says, and a null that slips in would stop a service for every record behind it. Thread-safe.
 */
final class Completeness {

    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private Completeness() {}

    /**
     * One component of a record that can be missing, or in which something can be missing.
     *
     * @param deep whether something can be missing in it; not in what is written as a text or a number
     */
    private record Field(String name, Method accessor, boolean required, boolean deep) {}

    /** The path of the first component that is absent and not {@link Nullable}; empty: nothing is missing. */
    static Optional<String> missing(Object value) {
        if (value instanceof Record event) {
            return missingIn(event);
        }
        if (value instanceof Collection<?> elements) {
            int index = 0;
            for (Object element : elements) {
                if (element == null) {
                    return Optional.of("[" + index + "]");
                }
                Optional<String> missing = missing(element);
                if (missing.isPresent()) {
                    return Optional.of("[" + index + "]." + missing.get());
                }
                index++;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> missingIn(Record event) {
        for (Field field : FIELDS.computeIfAbsent(event.getClass(), Completeness::fieldsOf)) {
            Object value = valueOf(field, event);
            if (value == null) {
                if (field.required()) {
                    return Optional.of(field.name());
                }
            } else if (field.deep()) {
                Optional<String> missing = missing(value);
                if (missing.isPresent()) {
                    return missing.map(path -> field.name() + (path.startsWith("[") ? path : "." + path));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        if (isOneValue(type)) {
            return fields;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getType().isPrimitive()) {
                boolean required = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                fields.add(new Field(component.getName(), accessor, required, !isOneValue(component.getType())));
            }
        }
        return List.copyOf(fields);
    }

    /** Whether JSON has it as one text or number, which is there or not. */
    private static boolean isOneValue(Class<?> type) {
        return type == String.class
                || type.isEnum()
                || Number.class.isAssignableFrom(type)
                || Arrays.stream(type.getDeclaredMethods()).anyMatch(it -> it.isAnnotationPresent(JsonValue.class));
    }

    private static @Nullable Object valueOf(Field field, Record event) {
        try {
            return field.accessor().invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The component %s of %s cannot be read.".formatted(field.name(), event), e);
        }
    }
}
