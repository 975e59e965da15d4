package io.vlink.networkapi.usage;

import io.vlink.events.DatapathId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claims of overlays to switches, in the order of the log. A switch belongs to the overlay with its first remaining
 * claim. All readers of the same log agree on this at each offset. Written by one thread, read by any.
 */
public final class Claims {

    /** Claiming overlays, in order of arrival. */
    private final ConcurrentMap<DatapathId, List<String>> overlays = new ConcurrentHashMap<>();

    /**
     * Adds a claim. A claim that is written again counts from its new place, since compaction removes the earlier
     * record.
     */
    public void put(DatapathId datapathId, String overlay) {
        overlays.compute(datapathId, (id, held) -> Stream.concat(without(held, overlay), Stream.of(overlay))
                .toList());
    }

    /** Removes all claims. */
    public void clear() {
        overlays.clear();
    }

    /** Removes a claim. */
    public void remove(DatapathId datapathId, String overlay) {
        overlays.computeIfPresent(datapathId, (id, held) -> {
            List<String> left = without(held, overlay).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private static Stream<String> without(@Nullable List<String> held, String overlay) {
        return held == null ? Stream.empty() : held.stream().filter(other -> !other.equals(overlay));
    }

    /** Returns the overlay that the switch belongs to; null if none. */
    public @Nullable String owner(DatapathId datapathId) {
        List<String> held = overlays.get(datapathId);
        return held == null ? null : held.getFirst();
    }

    /** Returns whether the overlay claims the switch, first or not. */
    public boolean claims(DatapathId datapathId, String overlay) {
        return overlays.getOrDefault(datapathId, List.of()).contains(overlay);
    }

    /** Returns whether the switch belongs to another overlay. */
    public boolean isOfAnother(DatapathId datapathId, String overlay) {
        String owner = owner(datapathId);
        return owner != null && !owner.equals(overlay);
    }

    /** Returns all claims. */
    public Stream<Thing.OfSwitch> all() {
        return overlays.entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(overlay -> new Thing.OfSwitch(overlay, entry.getKey())));
    }
}
