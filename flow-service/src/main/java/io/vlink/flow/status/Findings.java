package io.vlink.flow.status;

import io.vlink.events.statuses.Condition;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found of one network at one moment, by type. */
final class Findings {

    private final Map<Condition.Type, Finding> byType = new EnumMap<>(Condition.Type.class);

    void add(Condition.Type type, Finding finding) {
        byType.put(type, finding);
    }

    /**
     * What was found.
     *
     * @throws IllegalStateException if nothing is said under this type, or nothing yet
     */
    Finding get(Condition.Type type) {
        @Nullable Finding found = byType.get(type);
        if (found == null) {
            throw new IllegalStateException(
                    "Nothing was found of %s yet; see the order of Conditions.".formatted(type));
        }
        return found;
    }
}
