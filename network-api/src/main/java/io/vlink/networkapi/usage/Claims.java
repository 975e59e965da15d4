package io.vlink.networkapi.usage;

import io.vlink.events.DatapathId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which overlays claim which switches, in the order of the log: of those that stand, the first has the switch. Whoever reads
 * the same log comes to the same holder at each place in it. Written by one thread, read by any.
 */
public final class Claims {

    /** In the order in which they came. */
    private final ConcurrentMap<DatapathId, List<String>> overlays = new ConcurrentHashMap<>();

    /** A claim was read. One that is written again counts from its new place on: compaction forgets the earlier. */
    public void put(DatapathId datapathId, String overlay) {
        overlays.compute(datapathId, (id, held) -> Stream.concat(without(held, overlay), Stream.of(overlay))
                .toList());
    }

    /** Nothing of what was read is so any more. */
    public void clear() {
        overlays.clear();
    }

    /** Its tombstone was read. */
    public void remove(DatapathId datapathId, String overlay) {
        overlays.computeIfPresent(datapathId, (id, held) -> {
            List<String> left = without(held, overlay).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private static Stream<String> without(@Nullable List<String> held, String overlay) {
        return held == null ? Stream.empty() : held.stream().filter(other -> !other.equals(overlay));
    }

    /** Whose the switch is; null: nobody's. */
    public @Nullable String holder(DatapathId datapathId) {
        List<String> held = overlays.get(datapathId);
        return held == null ? null : held.getFirst();
    }

    /** Whether the overlay claims the switch, first or not. */
    public boolean claims(DatapathId datapathId, String overlay) {
        return overlays.getOrDefault(datapathId, List.of()).contains(overlay);
    }

    /** Whether the switch is another's than this overlay's. */
    public boolean isOfAnother(DatapathId datapathId, String overlay) {
        String holder = holder(datapathId);
        return holder != null && !holder.equals(overlay);
    }

    /** All that stand. */
    public Stream<Thing.OfSwitch> all() {
        return overlays.entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(overlay -> new Thing.OfSwitch(overlay, entry.getKey())));
    }
}
