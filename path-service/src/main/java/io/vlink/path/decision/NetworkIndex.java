package io.vlink.path.decision;

import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.path.decision.Footprint.DeclaredPort;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the networks that a change concerns, without looking at all of them. */
final class NetworkIndex {

    private final Lookup<String> byLink = new Lookup<>();
    private final Lookup<String> byNode = new Lookup<>();
    private final Lookup<DeclaredPort> byPlace = new Lookup<>();
    private final Lookup<SwitchPort> claimed = new Lookup<>();
    private final Lookup<SwitchPort> wired = new Lookup<>();
    private final Lookup<DatapathId> displaced = new Lookup<>();
    private final Lookup<SwitchPort> attached = new Lookup<>();

    private static final class Lookup<K> {
        /** Immutable if there is only one network, as at most ports. */
        private final Map<K, Set<NetworkState>> networks = new HashMap<>();

        Set<NetworkState> get(K key) {
            return networks.getOrDefault(key, Set.of());
        }

        private void add(NetworkState network, K key) {
            networks.merge(key, Set.of(network), Lookup::both);
        }

        private static Set<NetworkState> both(Set<NetworkState> known, Set<NetworkState> added) {
            Set<NetworkState> both = known.size() == 1 ? new LinkedHashSet<>(known) : known;
            both.addAll(added);
            return both;
        }

        private void remove(NetworkState network, K key) {
            networks.computeIfPresent(key, (k, known) -> without(network, known));
        }

        /** Returns the others; null: there are none. */
        private static @Nullable Set<NetworkState> without(NetworkState network, Set<NetworkState> known) {
            if (known.size() == 1) {
                return known.contains(network) ? null : known;
            }
            known.remove(network);
            return known;
        }

        void replace(NetworkState network, Set<K> before, Set<K> after) {
            if (before.equals(after)) {
                return;
            }
            for (K key : before) {
                if (!after.contains(key)) {
                    remove(network, key);
                }
            }
            for (K key : after) {
                if (!before.contains(key)) {
                    add(network, key);
                }
            }
        }
    }

    void replace(NetworkState network, Footprint before, Footprint after) {
        byLink.replace(network, before.ways().links(), after.ways().links());
        byNode.replace(network, before.nodes(), after.nodes());
        byPlace.replace(network, before.places(), after.places());
        claimed.replace(network, before.claimed(), after.claimed());
        wired.replace(network, before.ways().wired(), after.ways().wired());
        displaced.replace(network, before.displacedOn(), after.displacedOn());
        attached.replace(network, before.attached(), after.attached());
    }

    /** Returns the networks with a circuit, current or being removed, that crosses the link. */
    Set<NetworkState> crossing(String link) {
        return byLink.get(link);
    }

    /** Returns the networks that cross the node, name it, or have attachments on it. */
    Set<NetworkState> on(String node) {
        return byNode.get(node);
    }

    /** Returns the networks with an attachment at the port of this name. */
    Set<NetworkState> attachedAt(DeclaredPort place) {
        return byPlace.get(place);
    }

    /** Returns the networks with a circuit, current or being removed, that ends at the port. */
    Set<NetworkState> claiming(SwitchPort port) {
        return claimed.get(port);
    }

    /** Returns the networks with a circuit, current or being removed, of which a link uses the port, regardless of declarations. */
    Set<NetworkState> wiredAt(SwitchPort port) {
        return wired.get(port);
    }

    /** Returns whether any network has a circuit that may be where something was declared before. */
    boolean hasDisplaced() {
        return !displaced.networks.isEmpty();
    }

    /** Returns the networks with a circuit that is where something was declared before, and crosses the switch. */
    Set<NetworkState> displacedOn(DatapathId datapathId) {
        return displaced.get(datapathId);
    }

    /** Returns the networks with an attachment at the port, whether it may use it or not. */
    Set<NetworkState> attachedAt(SwitchPort port) {
        return attached.get(port);
    }

    /** Returns the network other than {@code self} that has the port; null: it is free. */
    @Nullable NetworkState otherClaimant(SwitchPort port, NetworkState self) {
        for (NetworkState claimant : claimed.get(port)) {
            if (!claimant.id().equals(self.id())) {
                return claimant;
            }
        }
        return null;
    }
}
