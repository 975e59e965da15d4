package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.Network;
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
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random actions of users, links and switches, in random order: nothing is given out twice, nothing is reserved beyond capacity,
 * nothing is lost by a restart, and in the end everything is given back.
 */
final class RandomLifeTest {

    private static final int STEPS = 1_500;
    private static final List<String> CABLES = List.of("ab", "ac", "bd", "cd", "de", "be", "ae");
    private static final List<VlinkRequest> WISHES = List.of(
            VlinkRequest.ofTheGuide(),
            VlinkRequest.ofTheGuide().bits(200_000_000),
            VlinkRequest.ofTheGuide().bits(50_000_000),
            VlinkRequest.ofTheGuide().bits(300_000_000).backBits(100_000_000),
            VlinkRequest.ofTheGuide().bits(100_000_000).backBits(200_000_000),
            VlinkRequest.path("ab", "bd", "de").bits(250_000_000),
            VlinkRequest.path("ac", "cd").nanos(450_000),
            VlinkRequest.path("be").bits(400_000_000),
            VlinkRequest.path("be2").back("eb").bits(200_000_000),
            VlinkRequest.onOneNode("a").bits(1_000_000),
            VlinkRequest.computed("a", "e").bits(300_000_000),
            VlinkRequest.computed("e", "a").backComputed().backBits(150_000_000),
            VlinkRequest.computed("c", "e").nanos(500_000),
            VlinkRequest.path("ac", "nowhere"));

    private final Random random = new Random();
    private final World world = new World();
    private final Map<String, Long> steps = new HashMap<>();
    /** The owner of each circuit, by its number. */
    private final Map<Long, String> owners = new HashMap<>();

    /** Returns as many seeds as {@code -Dlives} sets. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("lives", 8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsItsGuarantees(long seed) {
        // Given
        random.setSeed(seed);
        CABLES.forEach(world::cable);
        // Ends at the same port as link-be.
        world.port("node-b", "to-e2");
        world.link(
                "link-be2",
                withOtherStart(
                        Objects.requireNonNull(world.links.get("link-be")).spec()));

        // When
        for (int step = 0; step < STEPS; step++) {
            doSomething();
            if (random.nextInt(3) == 0) {
                check(world.act());
            }
            if (random.nextInt(100) == 0) {
                check(world.restart());
            }
            if (random.nextInt(40) == 0) {
                check(world.act());
                Map<String, PathDecision> before = Map.copyOf(world.decisions);
                for (PathDecision decision : world.restart().made()) {
                    assertThat(decision)
                            .as("restart after step %d", step)
                            .isEqualTo(before.get(decision.id().name()));
                }
            }
        }

        // Then
        endEverything();
        assertThat(world.decisions).isEmpty();
        assertThat(world.isIdle()).isTrue();
    }

    private void doSomething() {
        String network = "n" + random.nextInt(12);
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> world.declare(network, WISHES.get(random.nextInt(WISHES.size())));
            case 3 -> {
                if (isStanding(network)) {
                    world.withdraw(network);
                }
            }
            case 4, 5 -> confirm(network);
            case 6 -> deleteIfOver(network);
            case 7 -> world.down(someLink());
            case 8 -> world.up(someLink());
            case 9 -> world.measured(someLink(), 100_000 + random.nextInt(4) * 50_000L);
            case 10 -> world.pass(Duration.ofMillis(random.nextInt(4_000)));
            case 11 ->
                world.attach(network, "w" + random.nextInt(3), "node-" + "abcde".charAt(random.nextInt(5)), somePort());
            case 12 ->
                world.attachments.keySet().stream()
                        .skip(random.nextInt(1 + world.attachments.size()))
                        .findFirst()
                        .ifPresent(id -> world.detach(id.network().name(), id.id()));
            default -> changeTopology();
        }
    }

    private void changeTopology() {
        if (random.nextInt(3) == 0) {
            changeWires();
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> edit(Edits.capacity(300_000_000L + random.nextInt(8) * 100_000_000L));
            case 1 -> edit(Edits.maintenance(random.nextBoolean()));
            case 2 -> {
                String link = someLink();
                if (world.links.containsKey(link)) {
                    world.withdrawLink(link);
                }
            }
            case 3 ->
                world.editNode(
                        "node-" + "abcde".charAt(random.nextInt(5)), Edits.nodeMaintenance(random.nextInt(3) == 0));
            default -> {
                long number = 60L + random.nextInt(3);
                world.port("node-a", number, "tap-" + number, random.nextBoolean());
            }
        }
    }

    private void edit(UnaryOperator<LinkSpec> edit) {
        String link = someLink();
        if (world.links.containsKey(link)) {
            world.editLink(link, edit);
        }
    }

    /** Moves, renames, deletes or redeclares links in use, or changes their ports. */
    private void changeWires() {
        String name = someLink();
        Link link = world.links.get(name);
        if (link == null) {
            return;
        }
        LinkSpec spec = link.spec();
        switch (random.nextInt(10)) {
            case 0 -> world.link(name, at(spec, elsewhere(spec.from()), spec.to()));
            case 1 -> world.link(name, at(spec, spec.from(), elsewhere(spec.to())));
            case 2 -> world.deleteLink(name).link(otherNameOf(name), spec);
            case 3 -> world.withdrawLink(name).link(otherNameOf(name), spec);
            case 4 -> world.link(otherNameOf(name), at(spec, byNumber(spec.from()), byNumber(spec.to())));
            case 5 -> world.link(name, at(spec, original(spec.from()), original(spec.to())));
            case 6 -> world.link(name, at(spec, new LinkEnd(spec.from().node(), workloadPort()), spec.to()));
            case 7 -> world.portUp(spec.from().node(), nameOf(spec.from()), random.nextBoolean());
            default -> renumber(spec.from().node());
        }
    }

    private static LinkSpec at(LinkSpec spec, LinkEnd from, LinkEnd to) {
        return new LinkSpec(from, to, spec.capacityBits(), spec.latencyNanos(), spec.kind(), spec.maintenance());
    }

    private static String otherNameOf(String link) {
        return link.startsWith("link-") ? "wire-" + link.substring(5) : "link-" + link.substring(5);
    }

    private static LinkEnd elsewhere(LinkEnd end) {
        return new LinkEnd(end.node(), PortLocator.of("alt"));
    }

    /** Returns the port of some link of the guide. */
    private LinkEnd original(LinkEnd end) {
        List<String> names = CABLES.stream()
                .filter(cable -> cable.contains(end.node().substring(5)))
                .map(cable -> "to-" + cable.replace(end.node().substring(5), ""))
                .toList();
        return new LinkEnd(end.node(), PortLocator.of(names.get(random.nextInt(names.size()))));
    }

    private LinkEnd byNumber(LinkEnd end) {
        return new LinkEnd(
                end.node(), PortLocator.of(world.port(end.node(), nameOf(end)).value()));
    }

    private PortLocator workloadPort() {
        return PortLocator.of(somePort());
    }

    /** Returns the name of a port that a link may name by its number. */
    private String nameOf(LinkEnd end) {
        if (!end.port().isNumber()) {
            return end.port().text();
        }
        Port port = world.switchPorts.get(
                new SwitchPort(World.switchOf(end.node()), end.port().number()));
        return port == null ? "alt" : port.name();
    }

    /** Swaps the numbers of two ports of a switch, or gives one of them an unused number. */
    private void renumber(String node) {
        DatapathId datapathId = World.switchOf(node);
        List<Port> ports = world.switchPorts.values().stream()
                .filter(port -> port.present() && port.id().datapathId().equals(datapathId))
                .toList();
        Port one = ports.get(random.nextInt(ports.size()));
        Port other = ports.get(random.nextInt(ports.size()));
        long free = 200L + random.nextInt(4);
        boolean taken = ports.stream().anyMatch(port -> port.id().port().value() == free);
        if (random.nextBoolean() || taken) {
            world.port(node, one.id().port().value(), other.name(), true);
            world.port(node, other.id().port().value(), one.name(), true);
        } else {
            world.renumber(node, one.name(), free);
        }
    }

    private void confirm(String network) {
        PathDecision decision = world.decisions.get(network);
        if (decision != null && !decision.retiring().isEmpty()) {
            world.confirmRemoved(network);
        }
    }

    private void deleteIfOver(String network) {
        PathDecision decision = world.decisions.get(network);
        if (decision != null
                && decision.outcome() == Outcome.WITHDRAWN
                && !isStanding(network)
                && decision.retiring().stream().allMatch(CircuitRemoval::quarantined)) {
            world.deleteRecord(network);
        }
    }

    private boolean isStanding(String network) {
        Network record = world.networks.get(network);
        return record != null && !record.withdrawn();
    }

    private void endEverything() {
        world.networks.keySet().stream().filter(this::isStanding).toList().forEach(world::withdraw);
        check(world.act());
        List.copyOf(world.decisions.keySet()).forEach(this::confirm);
        check(world.act());
        List.copyOf(world.decisions.keySet()).forEach(this::deleteIfOver);
        world.pass(Duration.ofSeconds(2));
        world.act();
    }

    private void check(Decisions made) {
        for (PathDecision decision : made.made()) {
            String name = decision.id().name();
            assertThat(decision.revision().step()).isGreaterThan(steps.getOrDefault(name, 0L));
            steps.put(name, decision.revision().step());
            decision.circuits().forEach(circuit -> owners.put(circuit.number(), name));
            assertThat(decision.violations().isEmpty()).isEqualTo(decision.outcome() != Outcome.REFUSED);
        }
        made.over().forEach(id -> steps.remove(id.name()));
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
            decision.retiring().forEach(leaving -> addSenders(leaving.circuit(), original(decision, leaving), senders));
        }
        world.resting.values().stream()
                .filter(rest -> rest.network() == null)
                .forEach(rest -> addSenders(rest.circuit(), rest.circuit(), senders));
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
    private static Circuit original(PathDecision decision, CircuitRemoval leaving) {
        Long number = leaving.formerOf();
        return decision.circuits().stream()
                .filter(circuit -> number != null && circuit.number() == number)
                .findFirst()
                .orElse(leaving.circuit());
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
        Stream<Circuit> resting = world.resting.values().stream().map(QuarantinedCircuit::circuit);
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

    /** Asserts that a label at a port, in either direction, belongs to one network at a time, also while in quarantine. */
    private void assertNoWireBearsALabelTwice() {
        Map<String, String> holders = new HashMap<>();
        world.decisions.values().forEach(decision -> decision.circuits()
                .forEach(circuit -> assertHolds(decision.id().name(), circuit, holders)));
        world.resting.values().forEach(rest -> {
            assertHolds(Objects.requireNonNull(owners.get(rest.circuit().number())), rest.circuit(), holders);
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
                for (Endpoint end : circuit.ends()) {
                    if (end.port() != null) {
                        String name = decision.id().name();
                        String other = holders.put(new SwitchPort(end.datapathId(), end.port()), name);
                        assertThat(other == null || other.equals(name))
                                .as("%s and %s at %s", name, other, end)
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

    private static LinkSpec withOtherStart(LinkSpec spec) {
        LinkEnd start = new LinkEnd("node-b", PortLocator.of("to-e2"));
        return new LinkSpec(start, spec.to(), spec.capacityBits(), spec.latencyNanos(), spec.kind(), false);
    }

    private String someLink() {
        if (random.nextInt(15) == 0) {
            return "link-be2";
        }
        String cable = CABLES.get(random.nextInt(CABLES.size()));
        return (random.nextInt(4) == 0 ? "wire-" : "link-")
                + (random.nextBoolean() ? cable : new StringBuilder(cable).reverse());
    }

    private String somePort() {
        return "tap-" + (60 + random.nextInt(3));
    }
}
