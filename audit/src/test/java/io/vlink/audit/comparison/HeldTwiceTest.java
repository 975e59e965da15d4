package io.vlink.audit.comparison;

import static io.vlink.audit.comparison.TwoSwitches.A;
import static io.vlink.audit.comparison.TwoSwitches.B;
import static io.vlink.audit.comparison.TwoSwitches.NOW;
import static io.vlink.audit.comparison.TwoSwitches.ONE;
import static io.vlink.audit.comparison.TwoSwitches.TWO;
import static io.vlink.audit.comparison.TwoSwitches.circuit;
import static io.vlink.audit.comparison.TwoSwitches.out;
import static io.vlink.audit.comparison.TwoSwitches.push;
import static io.vlink.audit.comparison.TwoSwitches.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.events.Direction;
import io.vlink.events.NetworkId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two networks where each has what belongs to the other: labels, bandwidth, numbers, meters and rules. */
class HeldTwiceTest {

    private final TwoSwitches sample = new TwoSwitches();

    @Test
    void findsALabelAllocatedTwiceAfterALinkWasRenamed() {
        // Given: link-ab was deleted, and its cable was declared as wire-ab
        sample.links.remove("default/link-ab");
        sample.link("wire-ab", "node-a", 2, "node-b", 1);
        sample.decide(TWO, circuit(2, 21, 22, 100, 160, 17, "wire-ab", "link-ba"), List.of());
        // Then
        sample.assertFound(
                DifferenceType.HELD_TWICE,
                null,
                "The label vlan:100 received at port p1 (1) of node-b",
                ONE + " (circuit 1) and " + TWO + " (circuit 2)");
        assertThat(sample.compare().stream().filter(difference -> difference.kind() == DifferenceType.HELD_TWICE))
                .hasSize(1);
    }

    @Test
    void findsBandwidthReservedTwiceOnOneCable() {
        // Given: the same cable under another name, and circuits over both
        sample.links.remove("default/link-ab");
        sample.link("wire-ab", "node-a", 2, "node-b", 1);
        for (int i = 0; i < 50; i++) {
            NetworkId id = NetworkId.of("default/many/n" + i);
            sample.decide(
                    id,
                    circuit(10 + i, 100 + i, 100 + i, 1000 + i, 2000 + i, 100 + 2 * i, "wire-ab", "wire-ba"),
                    List.of());
        }
        // Then: 51 times 20 Mbit/s
        sample.assertFound(DifferenceType.OVER_RESERVED, null, "1.02 Gbit/s", "which has 1 Gbit/s");
    }

    /** Lowered rates stay reserved until the switches that meter them have confirmed; nothing else changes. */
    private static CircuitRemoval ratesOf(Circuit circuit, long number, long bits) {
        List<Route> routes = circuit.routes().stream()
                .map(route -> new Route(
                        null,
                        List.of(new Hop(0, route.first().node(), route.first().datapathId(), List.of(), List.of())),
                        bits,
                        0,
                        null))
                .toList();
        List<Endpoint> endpoints = circuit.endpoints().stream()
                .map(endpoint -> new Endpoint(endpoint.node(), endpoint.datapathId(), null, null))
                .toList();
        return new CircuitRemoval(
                new Circuit(number, circuit.generation(), endpoints, routes),
                Instant.EPOCH,
                false,
                true,
                circuit.number());
    }

    @Test
    void countsLoweredRatesUntilTheyAreReleased() {
        // Given
        Circuit two = circuit(2, 21, 22, 101, 151, 17, "link-ab", "link-ba");
        sample.decide(TWO, two, List.of(ratesOf(two, 3, 990_000_000)));
        // Then: with the 20 Mbit/s of network one
        sample.assertFound(DifferenceType.OVER_RESERVED, null, "1.01 Gbit/s", "which has 1 Gbit/s");
    }

    @Test
    void findsAMissingWantedRuleWhileRatesAreLowered() {
        // Given
        Circuit one = circuit(1, 11, 12, 100, 150, 7, "link-ab", "link-ba");
        sample.decide(ONE, one, List.of(ratesOf(one, 3, 30_000_000)));
        sample.want(ONE, B, List.of());
        // Then
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, ONE, "lacks");
    }

    @Test
    void countsOnlyTheLargestCircuitOfANetwork() {
        // Given
        List<CircuitRemoval> removals = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            removals.add(new CircuitRemoval(
                    circuit(10 + i, 11, 12, 1000 + i, 2000 + i, 100 + 2 * i, "link-ab", "link-ba"),
                    Instant.EPOCH,
                    false));
        }
        sample.decide(ONE, circuit(1, 11, 12, 100, 150, 7, "link-ab", "link-ba"), removals);
        // Then
        assertThat(sample.compare()).isEmpty();
    }

    @Test
    void findsNumbersMetersAndPortsHeldTwice() {
        // Given
        sample.decide(TWO, circuit(1, 11, 2, 300, 350, 7, "link-ab", "link-ba"), List.of());
        // Then
        sample.assertFound(DifferenceType.HELD_TWICE, null, "The circuit number default/1");
        sample.assertFound(DifferenceType.HELD_TWICE, null, "Meter 7 of node-a");
        sample.assertFound(DifferenceType.HELD_TWICE, null, "Port p11 (11) of node-a");
        // When: a circuit crosses a workload's port as a link's
        sample.decide(TWO, circuit(2, 2, 22, 300, 350, 9, "link-ab", "link-ba"), List.of());
        // Then
        sample.assertFound(
                DifferenceType.HELD_TWICE, null, "Port p2 (2) of node-a", "as a workload's port and as a link's,");
    }

    @Test
    void findsLabelsAndMetersReusedDuringQuarantine() {
        // Given: a removed circuit had the same labels and meters
        Circuit gone = circuit(9, 21, 22, 100, 150, 7, "link-ab", "link-ba");
        sample.resting.put("default/9", new QuarantinedCircuit("default", gone, NOW));
        // Then: its quarantine is over
        assertThat(sample.compare()).isEmpty();
        // When
        sample.resting.put("default/9", new QuarantinedCircuit("default", gone, NOW.plusMillis(1)));
        // Then
        sample.assertFound(
                DifferenceType.HELD_TWICE,
                ONE,
                "The label vlan:100 received at port p1 (1)",
                "in quarantine after circuit 9");
        sample.assertFound(DifferenceType.HELD_TWICE, ONE, "Meter 7 of node-a", "in quarantine after circuit 9");
    }

    @Test
    void findsARuleKeyThatTwoNetworksHaveInTwoTables() {
        // Given: in a suite that was just finalised, one of the two is not yet written for the other table
        Rule one = rule(8, Direction.FORWARD, 100, 41, null, out(2));
        Rule other = rule(9, Direction.FORWARD, 100, 41, null, out(1));
        sample.want(ONE, A, List.of(), one);
        sample.want(
                TWO,
                A,
                List.of(),
                new Rule(other.cookie(), other.priority(), other.match(), other.actions(), Table.FORWARDING));
        // Then
        sample.assertFound(
                DifferenceType.HELD_TWICE,
                null,
                "The rule table=2,priority=100,in_port=41",
                ONE.toString(),
                TWO.toString());
    }

    @Test
    void findsAMeterThatTwoNetworksUse() {
        // Given
        sample.bestEffort();
        // When
        sample.want(
                TWO,
                A,
                List.of(new Meter(7, 20_000, 400)),
                rule(2, Direction.FORWARD, 100, 21, null, new Action.ApplyMeter(7), push(200), out(2)));
        // Then
        assertThat(sample.compare())
                .filteredOn(difference -> difference.kind() == DifferenceType.HELD_TWICE)
                .anySatisfy(difference -> assertThat(difference.words()).contains("uses meter 7, which belongs to "));
    }
}
