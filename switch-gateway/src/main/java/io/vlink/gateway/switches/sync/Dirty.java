package io.vlink.gateway.switches.sync;

import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The owners to be checked again, each once. Links come first, as rules of networks refer to their meters and groups.
 */
final class Dirty {

    private final Set<Owner> links = new LinkedHashSet<>();
    private final Set<Owner> networks = new LinkedHashSet<>();

    private Set<Owner> like(Owner owner) {
        return switch (owner) {
            case LinkPort link -> links;
            case NetworkId network -> networks;
        };
    }

    void add(Owner owner) {
        like(owner).add(owner);
    }

    void addAll(Collection<? extends Owner> owners) {
        owners.forEach(this::add);
    }

    void remove(Owner owner) {
        like(owner).remove(owner);
    }

    /** Checks each owner, and removes those that are done. */
    void removeIf(Predicate<Owner> done) {
        links.removeIf(done);
        networks.removeIf(done);
    }

    List<Owner> all() {
        List<Owner> all = new ArrayList<>(links);
        all.addAll(networks);
        return all;
    }

    void clear() {
        links.clear();
        networks.clear();
    }

    boolean isEmpty() {
        return links.isEmpty() && networks.isEmpty();
    }

    int size() {
        return links.size() + networks.size();
    }
}
