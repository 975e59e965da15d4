package io.vlink.gateway.switches;

import io.vlink.events.NetworkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meters that are known to be in one switch, each with the network that it stands there for. Meters bear no mark: whose
 * one is follows from who wants it.
 */
final class StandingMeters {

    private final Map<Long, Standing> meters = new LinkedHashMap<>();
    private final Map<NetworkId, Set<Long>> numbersOf = new HashMap<>();

    /** A meter, and the network that it stands there for; of what nobody wants: none. */
    private record Standing(InstalledMeter meter, @Nullable NetworkId owner) {}

    int size() {
        return meters.size();
    }

    /** The network wants this meter. What stands under its number is the network's from now on, whoever's it was. */
    @Nullable InstalledMeter claim(long number, NetworkId network) {
        Standing standing = meters.get(number);
        if (standing == null) {
            return null;
        }
        if (!network.equals(standing.owner())) {
            put(standing.meter(), network);
        }
        return standing.meter();
    }

    /** Those that stand there for a network. */
    Set<Long> owned() {
        Set<Long> owned = new HashSet<>();
        numbersOf.values().forEach(owned::addAll);
        return owned;
    }

    void put(InstalledMeter meter, @Nullable NetworkId owner) {
        long number = meter.number();
        Standing before = meters.put(number, new Standing(meter, owner));
        if (before != null && Objects.equals(before.owner(), owner)) {
            return;
        }
        if (before != null && before.owner() != null) {
            disown(before.owner(), number);
        }
        if (owner != null) {
            numbersOf.computeIfAbsent(owner, n -> new HashSet<>()).add(number);
        }
    }

    void lose(long number) {
        Standing before = meters.remove(number);
        if (before != null && before.owner() != null) {
            disown(before.owner(), number);
        }
    }

    private void disown(NetworkId network, long number) {
        Set<Long> numbers = numbersOf.get(network);
        if (numbers != null && numbers.remove(number) && numbers.isEmpty()) {
            numbersOf.remove(network);
        }
    }

    /** The meters that stand there for a network, and that nobody wants any more. */
    List<Long> unwanted(NetworkId network, WantedRules wanted) {
        List<Long> unwanted = new ArrayList<>();
        for (Long number : numbersOf.getOrDefault(network, Set.of())) {
            if (wanted.ownerOfMeter(number) == null) {
                unwanted.add(number);
            }
        }
        return unwanted;
    }

    /**
     * Takes in what a later read found.
     *
     * @param since what was written while it was read, of which the read says nothing
     * @param harmed takes the networks that lost a meter, or have another one than they want
     * @return the meters that are gone
     */
    Set<Long> take(List<InstalledMeter> found, Written since, Set<NetworkId> harmed, WantedRules wanted) {
        int unseen = meters.size();
        for (InstalledMeter meter : found) {
            long number = meter.number();
            Standing known = meters.get(number);
            unseen -= known == null ? 0 : 1;
            if (!since.has(number)) {
                NetworkId owner = wanted.ownerOfMeter(number);
                put(meter, owner == null && known != null ? known.owner() : owner);
                if (owner != null && known != null && !known.meter().settings().equals(meter.settings())) {
                    harmed.add(owner);
                }
            }
        }
        if (unseen == 0) {
            return Set.of();
        }
        Set<Long> lost = new HashSet<>(meters.keySet());
        found.forEach(meter -> lost.remove(meter.number()));
        lost.removeIf(since::has);
        for (long number : lost) {
            NetworkId owner = wanted.ownerOfMeter(number);
            if (owner != null) {
                harmed.add(owner);
            }
            lose(number);
        }
        return lost;
    }
}
