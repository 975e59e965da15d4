package io.vlink.log;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
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

    /** One component of a record that can be missing, or in which something can be missing. */
    private record Field(String name, Method accessor, boolean required) {}

    /** The path of the first component that is absent and not {@link Nullable}; empty: nothing is missing. */
    static Optional<String> missing(Object value) {
        if (value instanceof Record event) {
            return missingIn(event);
        }
        if (value instanceof Collection<?> elements) {
            int index = 0;
            for (Object element : elements) {
                String place = "[" + index++ + "]";
                if (element == null) {
                    return Optional.of(place);
                }
                Optional<String> missing = missing(element);
                if (missing.isPresent()) {
                    return missing.map(path -> place + "." + path);
                }
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
            } else {
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
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getType().isPrimitive()) {
                boolean required = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                fields.add(new Field(component.getName(), accessor, required));
            }
        }
        return List.copyOf(fields);
    }

    private static @Nullable Object valueOf(Field field, Record event) {
        try {
            return field.accessor().invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The component %s of %s cannot be read.".formatted(field.name(), event), e);
        }
    }
}
