package io.vlink.networkapi.recorder;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a ledger by a property, such as the links that begin at a port, without a look at any other
 * record. The ledger keeps it up to date.
 *
 * @param <I> the id of a thing
 * @param <S> its specification
 * @param <K> the property
 */
final class LedgerIndex<I, S, K> {

    private final BiFunction<I, S, K> property;
    private final Map<K, Map<I, GenerationLedger.Line<I, S>>> lines = new HashMap<>();

    LedgerIndex(BiFunction<I, S, K> property) {
        this.property = property;
    }

    /** Takes in a change of one record; null: it does not exist before or after. */
    void replace(GenerationLedger.@Nullable Line<I, S> before, GenerationLedger.@Nullable Line<I, S> after) {
        if (before != null) {
            lines.computeIfPresent(property.apply(before.id(), before.spec()), (key, found) -> {
                found.remove(before.id());
                return found.isEmpty() ? null : found;
            });
        }
        if (after != null) {
            lines.computeIfAbsent(property.apply(after.id(), after.spec()), key -> new LinkedHashMap<>())
                    .put(after.id(), after);
        }
    }

    /** Returns whether any record has this property, including withdrawn ones. */
    boolean has(K key) {
        return lines.containsKey(key);
    }

    /** Returns the records with this property that are not withdrawn. */
    List<GenerationLedger.Line<I, S>> standing(K key) {
        return lines.getOrDefault(key, Map.of()).values().stream()
                .filter(line -> !line.withdrawn())
                .toList();
    }
}
