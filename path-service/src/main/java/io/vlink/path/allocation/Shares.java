package io.vlink.path.allocation;

import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import io.vlink.events.rules.LinkMeter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bandwidth left for best effort at each sending side of a wire that carries any: capacity less reservations. A side without
 * circuits of best effort has no share. A side keeps its share until the quarantine of such circuits is over, to avoid changes
 * when many follow one another.
 */
public final class Shares {

    private final Wires wires;
    private final Reservations reservations;
    /** For each side, the number of networks and quarantined circuits with best effort there, by the name of the link they use. */
    private final Map<WireSide, Map<String, Integer>> senders = new HashMap<>();
    /** Sides with such traffic where no link begins any more. */
    private final Set<WireSide> left = new HashSet<>();

    private final Set<WireSide> touched = new LinkedHashSet<>();
    private final Map<SwitchPort, Share> told = new HashMap<>();
    private boolean telling;

    /** A side where best effort is sent, and the link used. */
    public record Sender(WireSide side, String link) {}

    /**
     * Changes to write.
     *
     * @param shares new or changed shares
     * @param ended ports without a share from now on
     */
    public record News(List<Share> shares, List<SwitchPort> ended) {
        static final News NONE = new News(List.of(), List.of());

        public News {
            shares = List.copyOf(shares);
            ended = List.copyOf(ended);
        }
    }

    public Shares(Wires wires, Reservations reservations) {
        this.wires = wires;
        this.reservations = reservations;
    }

    /** Sets whether shares are written. */
    public void tell(boolean wanted) {
        telling = wanted;
    }

    /** Returns where one network sends best effort: the sending ports of its circuits on links, as far as their numbers are known. */
    public static Set<Sender> senders(@Nullable Circuit current, List<CircuitRemoval> removals) {
        Set<Sender> senders = current == null ? Set.of() : add(current, null, Set.of());
        for (CircuitRemoval removal : removals) {
            senders = add(removal.circuit(), former(removal, current, removals), senders);
        }
        return senders;
    }

    /** Returns the circuit that had these ports or rates before; null: {@code removals} is no such remainder. */
    public static @Nullable Circuit former(
            CircuitRemoval removal, @Nullable Circuit current, List<CircuitRemoval> removals) {
        Long number = removal.formerOf();
        if (number == null) {
            return null;
        }
        if (current != null && current.number() == number) {
            return current;
        }
        for (CircuitRemoval other : removals) {
            if (other.circuit().number() == number) {
                return other.circuit();
            }
        }
        return null;
    }

    /** Adds the senders of a circuit. The remains at former ports do not record bandwidth: the circuit that left them decides. */
    private static Set<Sender> add(Circuit circuit, @Nullable Circuit of, Set<Sender> senders) {
        Set<Sender> more = senders;
        for (int i = 0; i < circuit.routes().size(); i++) {
            Route route = circuit.routes().get(i);
            if ((of == null ? route : of.routes().get(i)).bandwidthBits() != null) {
                continue;
            }
            for (Side side : route.sides()) {
                if (side.sending() && side.port() != null) {
                    more = more.isEmpty() ? new HashSet<>() : more;
                    more.add(new Sender(WireSide.of(side), side.lane().link()));
                }
            }
        }
        return more;
    }

    /** Replaces the former senders of one network with its present ones. */
    public void replace(Set<Sender> before, Set<Sender> after) {
        if (before.equals(after)) {
            return;
        }
        for (Sender sender : after) {
            if (!before.contains(sender)) {
                add(sender);
            }
        }
        for (Sender sender : before) {
            if (!after.contains(sender)) {
                remove(sender);
            }
        }
    }

    /** Notes that the quarantine of a circuit has begun. */
    public void quarantine(Circuit circuit) {
        add(circuit, null, Set.of()).forEach(this::add);
    }

    /** Notes that the quarantine of a circuit is over. */
    public void release(Circuit circuit) {
        add(circuit, null, Set.of()).forEach(this::remove);
    }

    private void add(Sender sender) {
        Map<String, Integer> links = senders.computeIfAbsent(sender.side(), side -> new HashMap<>());
        if (links.merge(sender.link(), 1, Integer::sum) == 1) {
            touched.add(sender.side());
        }
    }

    private void remove(Sender sender) {
        Map<String, Integer> links = senders.get(sender.side());
        if (links == null
                || links.computeIfPresent(sender.link(), (link, count) -> count == 1 ? null : count - 1) != null) {
            return;
        }
        if (links.isEmpty()) {
            senders.remove(sender.side());
            left.remove(sender.side());
        }
        touched.add(sender.side());
    }

    /** Notes a change of what one network reserves. */
    public void reserved(Map<WireSide, Long> before, Map<WireSide, Long> after) {
        if (senders.isEmpty() || before.equals(after)) {
            return;
        }
        before.keySet().forEach(this::look);
        after.keySet().forEach(this::look);
    }

    private void look(WireSide side) {
        if (senders.containsKey(side)) {
            touched.add(side);
        }
    }

    /** Notes a changed declaration of a link that begins at one of these ports, if at any. */
    public void changed(List<SwitchPort> ports) {
        if (!senders.isEmpty()) {
            for (SwitchPort port : ports) {
                look(new WireSide(true, port.datapathId(), port.port().value(), ""));
            }
            touched.addAll(left);
        }
    }

    /** Notes that links' names for ports of this switch may mean other ports now. */
    public void changed(DatapathId datapathId) {
        for (WireSide side : senders.keySet()) {
            if (side.datapathId().equals(datapathId)) {
                touched.add(side);
            }
        }
    }

    /** Notes that nodes may have changed. */
    public void changed() {
        touched.addAll(senders.keySet());
    }

    /** Returns the changes since the last call. */
    public News news() {
        if (touched.isEmpty()) {
            return News.NONE;
        }
        List<Share> shares = new ArrayList<>();
        List<SwitchPort> ended = new ArrayList<>();
        for (WireSide side : touched) {
            SwitchPort port = Objects.requireNonNull(side.switchPort());
            Share share = telling ? share(side, port) : null;
            if (share == null) {
                if (told.remove(port) != null) {
                    ended.add(port);
                }
            } else if (!share.equals(told.put(port, share))) {
                shares.add(share);
            }
        }
        touched.clear();
        return new News(shares, ended);
    }

    /** Returns the share of a side; null: there is none. */
    private @Nullable Share share(WireSide side, SwitchPort port) {
        Map<String, Integer> links = senders.get(side);
        if (links == null || LinkMeter.of(port.port()).isEmpty()) {
            return null;
        }
        OptionalLong capacity = capacity(port);
        if (capacity.isPresent()) {
            left.remove(side);
        } else {
            left.add(side);
            capacity = capacity(links.keySet());
        }
        return capacity.isEmpty() ? null : new Share(port, capacity.getAsLong(), reservations.at(side));
    }

    /** Returns the least declared capacity of links that begin there; if none is declared any more, that of the former ones. */
    private OptionalLong capacity(SwitchPort port) {
        OptionalLong declared = OptionalLong.empty();
        OptionalLong withdrawn = OptionalLong.empty();
        for (Link link : wires.beginningAt(port)) {
            long bits = link.spec().capacityBits();
            if (link.withdrawn()) {
                withdrawn = least(withdrawn, bits);
            } else {
                declared = least(declared, bits);
            }
        }
        return declared.isPresent() ? declared : withdrawn;
    }

    /** Returns the least capacity of links that have moved elsewhere: all that is known of a wire they left. */
    private OptionalLong capacity(Set<String> links) {
        OptionalLong capacity = OptionalLong.empty();
        for (Link link : wires.lastKnown(links)) {
            capacity = least(capacity, link.spec().capacityBits());
        }
        return capacity;
    }

    private static OptionalLong least(OptionalLong one, long other) {
        return OptionalLong.of(Math.min(one.orElse(other), other));
    }

    /** Returns whether a share was written for the port. */
    public boolean isTold(SwitchPort port) {
        return told.containsKey(port);
    }

    /** Returns whether nobody sends, and no share is written. */
    public boolean isIdle() {
        return senders.isEmpty() && told.isEmpty();
    }
}
