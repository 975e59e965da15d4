package io.vlink.gateway.switches.boundary;

import java.util.Collection;
import java.util.Map;

/**
 * The node's bridge as reported by the OVSDB recorded for the node. It decides which of several switches with one
 * datapath id is the right one.
 *
 * @param host the address of the OVSDB
 * @param addresses the hardware addresses of the bridge's ports, by port number
 */
public record RecordedBridge(String host, Map<Long, String> addresses) {

    public RecordedBridge {
        addresses = Map.copyOf(addresses);
    }

    /** A connection that claims to be the switch: the host it comes from, and the ports it reports. */
    public record Claimant(String host, Collection<ObservedPort> ports) {}

    /**
     * Decides which of two claimants is the recorded bridge: the one at the OVSDB's host, else the one with the
     * bridge's ports.
     *
     * @return positive: the first; negative: the second; 0: undecided
     */
    public int compare(Claimant one, Claimant other) {
        int byHost = Boolean.compare(isAt(one.host()), isAt(other.host()));
        return byHost != 0 ? byHost : Boolean.compare(fits(one.ports()), fits(other.ports()));
    }

    /**
     * Returns whether everything known contradicts the claim: another host, and none of the bridge's hardware
     * addresses.
     */
    public boolean contradicts(Claimant claimant) {
        return !isAt(claimant.host()) && same(claimant.ports()) == 0 && shared(claimant.ports()) > 0;
    }

    private boolean isAt(String claimed) {
        return host.equals(claimed);
    }

    /** Returns whether most ports are the same. A new port may reach either side first. */
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
