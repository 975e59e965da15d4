package io.vlink.gateway.messaging;

import io.vlink.log.UnreadableEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON can leave anything out. An event counts only if all is there that its record does not declare {@code @Nullable}:
 * one foreign record with a hole in it must not stop the rest.
 */
final class Complete {

    private Complete() {}

    /**
     * Returns the event.
     *
     * @throws UnreadableEvent naming what is missing
     */
    static <T extends Record> T require(T event) throws UnreadableEvent {
        check(event, event.getClass().getSimpleName());
        return event;
    }

    private static void check(Record event, String path) throws UnreadableEvent {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            String inner = path + "." + component.getName();
            Object value = value(event, component);
            if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new UnreadableEvent(inner + " is missing.");
            }
            if (value instanceof Record nested) {
                check(nested, inner);
            } else if (value instanceof List<?> list) {
                for (Object element : list) {
                    if (element instanceof Record nested) {
                        check(nested, inner + "[]");
                    }
                }
            }
        }
    }

    private static @Nullable Object value(Record event, RecordComponent component) {
        try {
            return component.getAccessor().invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The component %s cannot be read.".formatted(component), e);
        }
    }
}
