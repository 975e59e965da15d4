package io.vlink.gateway.switches;

import java.util.Collection;
import java.util.Map;

/**
 * What the OVSDB that is recorded for a node says of the node's bridge, as far as it tells which of several switches with
 * one datapath id is meant.
 *
 * @param host the address at which the OVSDB answers
 * @param addresses hardware addresses of the bridge's ports, by port number
 */
public record RecordedBridge(String host, Map<Long, String> addresses) {

    public RecordedBridge {
        addresses = Map.copyOf(addresses);
    }

    /** A connection that claims to be the switch: the host that it comes from, and the ports that it shows. */
    public record Claimant(String host, Collection<ObservedPort> ports) {}

    /**
     * Which of two claimants is the recorded bridge: that whose host the OVSDB is at, else that whose ports it has.
     *
     * @return positive: the one; negative: the other; 0: both may be, or none
     */
    public int compare(Claimant one, Claimant other) {
        int byHost = Boolean.compare(isAt(one.host()), isAt(other.host()));
        return byHost != 0 ? byHost : Boolean.compare(fits(one.ports()), fits(other.ports()));
    }

    /** Whether all that is known speaks against it: another host, and no port that the bridge has. */
    public boolean contradicts(Claimant claimant) {
        return !isAt(claimant.host()) && same(claimant.ports()) == 0 && shared(claimant.ports()) > 0;
    }

    private boolean isAt(String claimed) {
        return host.equals(claimed);
    }

    /** Most are the same: one or the other may be told of a new port first. */
    private boolean fits(Collection<ObservedPort> ports) {
        return 2 * same(ports) > Math.max(ports.size(), addresses.size());
    }

    private long same(Collection<ObservedPort> ports) {
        return ports.stream()
                .filter(port -> port.hardwareAddress()
                        .equalsIgnoreCase(addresses.get(port.number().value())))
                .count();
    }

    private long shared(Collection<ObservedPort> ports) {
        return ports.stream()
                .filter(port -> addresses.containsKey(port.number().value()))
                .count();
    }
}
