package io.vlink.path.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import io.vlink.events.switches.Port;
import io.vlink.path.allocation.FormerRates;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Share;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.decision.Decisions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The properties of all decisions: nothing is allocated twice or reserved beyond capacity, and shares are what is left. They are
 * recomputed from the records of a world.
 */
public final class Guarantees {

    private final World world;
    private final Map<String, Long> steps = new HashMap<>();
    /** The owner of each circuit, by its number. */
    private final Map<Long, String> owners = new HashMap<>();

    public Guarantees(World world) {
        this.world = world;
    }

    /** Checks the world after it decided. */
    public void check(Decisions made) {
        for (PathDecision decision : made.made()) {
            String name = decision.id().name();
            assertThat(decision.revision().step()).isGreaterThan(steps.getOrDefault(name, 0L));
            steps.put(name, decision.revision().step());
            decision.circuits().forEach(circuit -> owners.put(circuit.number(), name));
            assertThat(decision.violations().isEmpty()).isEqualTo(decision.outcome() != Outcome.REFUSED);
        }
        made.removed().forEach(id -> steps.remove(id.name()));
        assertNothingIsGivenOutTwice();
        assertNoWireBearsALabelTwice();
        assertNothingIsReservedBeyondWhatWasGranted();
        assertNoPortIsSharedOrALinks();
        assertSharesAreWhatIsLeft();
    }

    /** Recomputes the shares from the records in Kafka. */
    private void assertSharesAreWhatIsLeft() {
        Map<WireSide, Long> reserved = new HashMap<>();
        Map<SwitchPort, Set<String>> senders = new HashMap<>();
        for (PathDecision decision : world.decisions.values()) {
            Reservations.of(FormerRates.whole(decision.current(), decision.retiring()))
                    .forEach((side, bits) -> reserved.merge(side, bits, Long::sum));
            PathDecision.circuits(decision.current(), List.of())
                    .forEach(circuit -> addSenders(circuit, circuit, senders));
            decision.retiring().forEach(removal -> addSenders(removal.circuit(), original(decision, removal), senders));
        }
        world.inQuarantine.values().stream()
                .filter(quarantined -> quarantined.network() == null)
                .forEach(quarantined -> addSenders(quarantined.circuit(), quarantined.circuit(), senders));
        senders.entrySet().removeIf(sender -> capacity(sender.getKey(), sender.getValue()) == 0);
        assertThat(world.shares.keySet()).isEqualTo(senders.keySet());
        for (Share share : world.shares.values()) {
            SwitchPort port = share.port();
            WireSide side = new WireSide(true, port.datapathId(), port.port().value(), "");
            assertThat(share.reservedBits()).as("%s", share).isEqualTo(reserved.getOrDefault(side, 0L));
            assertThat(share.capacityBits())
                    .as("%s", share)
                    .isEqualTo(capacity(port, Objects.requireNonNull(senders.get(port))));
        }
    }

    /** Returns the circuit that decides whether bandwidth was reserved: of remains at ports, the one that left them. */
    private static Circuit original(PathDecision decision, CircuitRemoval removal) {
        Long number = removal.formerOf();
        return decision.circuits().stream()
                .filter(circuit -> number != null && circuit.number() == number)
                .findFirst()
                .orElse(removal.circuit());
    }

    /** Adds the ports where a circuit sends best effort, with the links used. */
    private static void addSenders(Circuit circuit, Circuit original, Map<SwitchPort, Set<String>> senders) {
        for (int i = 0; i < circuit.routes().size(); i++) {
            if (original.routes().get(i).bandwidthBits() == null) {
                for (Side side : circuit.routes().get(i).sides()) {
                    if (side.sending() && side.port() != null) {
                        senders.computeIfAbsent(
                                        new SwitchPort(side.hop().datapathId(), side.port()), port -> new HashSet<>())
                                .add(side.lane().link());
                    }
                }
            }
        }
    }

    /**
     * Returns the least capacity of the links at a port; if there are none, of those being removed; if no link begins there any
     * more, of those that send there; 0: nothing is known of them.
     */
    private long capacity(SwitchPort port, Set<String> senders) {
        List<Link> there = world.links.values().stream()
                .filter(link -> beginsAt(link, port))
                .toList();
        boolean live = there.stream().anyMatch(link -> !link.withdrawn());
        Stream<Link> counted = there.isEmpty()
                ? senders.stream().map(world.links::get).filter(Objects::nonNull)
                : there.stream().filter(link -> link.withdrawn() != live);
        return counted.mapToLong(link -> link.spec().capacityBits()).min().orElse(0);
    }

    private boolean beginsAt(Link link, SwitchPort port) {
        LinkEnd from = link.spec().from();
        if (!World.switchOf(from.node()).equals(port.datapathId())) {
            return false;
        }
        if (from.port().isNumber()) {
            return from.port().number().equals(port.port());
        }
        List<Port> named = world.switchPorts.values().stream()
                .filter(known -> known.present()
                        && known.id().datapathId().equals(port.datapathId())
                        && known.name().equals(from.port().text()))
                .toList();
        return named.size() == 1 && named.getFirst().id().equals(port);
    }

    private void assertNothingIsGivenOutTwice() {
        Set<String> taken = new HashSet<>();
        Stream<Circuit> held = world.decisions.values().stream().flatMap(decision -> decision.circuits().stream());
        Stream<Circuit> resting = world.inQuarantine.values().stream().map(QuarantinedCircuit::circuit);
        Stream.concat(held, resting).forEach(circuit -> {
            assertThat(taken.add("circuit " + circuit.number())).isTrue();
            for (Route route : circuit.routes()) {
                if (route.meter() != null) {
                    assertThat(taken.add(route.first().datapathId() + " meter " + route.meter()))
                            .isTrue();
                }
            }
        });
    }

    /**
     * Asserts that a label at a port, in either direction, belongs to one network at a time, even while in quarantine.
     */
    private void assertNoWireBearsALabelTwice() {
        Map<String, String> holders = new HashMap<>();
        world.decisions.values().forEach(decision -> decision.circuits()
                .forEach(circuit -> assertHolds(decision.id().name(), circuit, holders)));
        world.inQuarantine.values().forEach(quarantined -> {
            assertHolds(
                    Objects.requireNonNull(owners.get(quarantined.circuit().number())), quarantined.circuit(), holders);
        });
    }

    private static void assertHolds(String owner, Circuit circuit, Map<String, String> holders) {
        for (Side side : circuit.sides()) {
            if (side.port() != null) {
                assertHolds(
                        owner,
                        side.hop().datapathId() + "/" + side.port() + (side.sending() ? " sends " : " receives ")
                                + side.lane().label(),
                        holders);
            }
        }
    }

    private static void assertHolds(String owner, String what, Map<String, String> holders) {
        String other = holders.put(what, owner);
        assertThat(other == null || other.equals(owner))
                .as("%s, of %s and of %s", what, other, owner)
                .isTrue();
    }

    private void assertNothingIsReservedBeyondWhatWasGranted() {
        Map<WireSide, Long> reserved = new HashMap<>();
        for (PathDecision decision : world.decisions.values()) {
            Reservations.of(FormerRates.whole(decision.current(), decision.retiring()))
                    .forEach((side, bits) -> reserved.merge(side, bits, Long::sum));
        }
        // Capacity may have been lowered since: never more than the largest that a wire ever had.
        reserved.forEach((side, bits) -> assertThat(bits).as("%s", side).isLessThanOrEqualTo(World.GIGABIT));
    }

    private void assertNoPortIsSharedOrALinks() {
        Map<SwitchPort, String> holders = new HashMap<>();
        for (PathDecision decision : world.decisions.values()) {
            decision.circuits().forEach(circuit -> {
                for (Endpoint endpoint : circuit.endpoints()) {
                    if (endpoint.port() != null) {
                        String name = decision.id().name();
                        String other = holders.put(new SwitchPort(endpoint.datapathId(), endpoint.port()), name);
                        assertThat(other == null || other.equals(name))
                                .as("%s and %s at %s", name, other, endpoint)
                                .isTrue();
                    }
                }
            });
        }
        for (PathDecision decision : world.decisions.values()) {
            for (Circuit circuit : decision.circuits()) {
                assertThat(wired(circuit)).noneMatch(holders::containsKey);
            }
        }
    }

    private static Set<SwitchPort> wired(Circuit circuit) {
        Set<SwitchPort> wired = new HashSet<>();
        for (Side side : circuit.sides()) {
            if (side.port() != null) {
                wired.add(new SwitchPort(side.hop().datapathId(), side.port()));
            }
        }
        return wired;
    }
}
