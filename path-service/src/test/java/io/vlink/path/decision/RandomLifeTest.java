package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.switches.Port;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.Guarantees;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random actions of users, links and switches, in random order: nothing is allocated twice, nothing is reserved beyond
 * capacity, nothing is lost by a restart, and in the end everything is given back.
 */
final class RandomLifeTest {
    private static final int STEPS = 1_500;
    private static final List<String> CABLES = List.of("ab", "ac", "bd", "cd", "de", "be", "ae");
    private static final List<VlinkRequest> REQUESTS = List.of(
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
            VlinkRequest.computed("a", "e").bits(100_000_000).nanos(350_000),
            VlinkRequest.computed("b", "c").nanos(250_000).backComputed().backBits(700_000_000),
            VlinkRequest.computed("a", "d").bits(900_000_000),
            VlinkRequest.path("ac", "nowhere"));

    private final Random random = new Random();
    private final World world = new World();
    private final Guarantees guarantees = new Guarantees(world);

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
                guarantees.check(world.act());
            }
            if (random.nextInt(100) == 0) {
                guarantees.check(world.restart());
            }
            if (random.nextInt(40) == 0) {
                guarantees.check(world.act());
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
            case 0, 1, 2 -> world.declare(network, REQUESTS.get(random.nextInt(REQUESTS.size())));
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
            case 0 -> world.link(name, Edits.at(spec, elsewhere(spec.from()), spec.to()));
            case 1 -> world.link(name, Edits.at(spec, spec.from(), elsewhere(spec.to())));
            case 2 -> world.deleteLink(name).link(otherNameOf(name), spec);
            case 3 -> world.withdrawLink(name).link(otherNameOf(name), spec);
            case 4 -> world.link(otherNameOf(name), Edits.at(spec, byNumber(spec.from()), byNumber(spec.to())));
            case 5 -> world.link(name, Edits.at(spec, original(spec.from()), original(spec.to())));
            case 6 -> world.link(name, Edits.at(spec, new LinkEnd(spec.from().node(), workloadPort()), spec.to()));
            case 7 -> world.portUp(spec.from().node(), nameOf(spec.from()), random.nextBoolean());
            default -> renumber(spec.from().node());
        }
    }

    private static String otherNameOf(String link) {
        return link.startsWith("link-") ? "wire-" + link.substring(5) : "link-" + link.substring(5);
    }

    private static LinkEnd elsewhere(LinkEnd end) {
        return new LinkEnd(end.node(), PortLocator.of("alt"));
    }

    /** Returns the port of a random link of the guide. */
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
        guarantees.check(world.act());
        List.copyOf(world.decisions.keySet()).forEach(this::confirm);
        guarantees.check(world.act());
        List.copyOf(world.decisions.keySet()).forEach(this::deleteIfOver);
        world.pass(Duration.ofSeconds(2));
        world.act();
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
