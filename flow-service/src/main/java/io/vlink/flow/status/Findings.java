package io.vlink.flow.status;

import io.vlink.events.statuses.Condition;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The findings for one network at one moment, by type. */
final class Findings {

    private final Map<Condition.Type, Finding> byType = new EnumMap<>(Condition.Type.class);

    void add(Condition.Type type, Finding finding) {
        byType.put(type, finding);
    }

    /**
     * Returns the finding of the given type.
     *
     * @throws IllegalStateException if there is none, or none yet
     */
    Finding get(Condition.Type type) {
        @Nullable Finding found = byType.get(type);
        if (found == null) {
            throw new IllegalStateException(
                    "There is no finding for %s yet; check the order in Conditions.".formatted(type));
        }
        return found;
    }
}
