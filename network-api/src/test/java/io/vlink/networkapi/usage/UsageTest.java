package io.vlink.networkapi.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bandwidth that networks reserve on a link. */
class UsageTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");
    private static final DatapathId A = new DatapathId(0xa);
    private static final DatapathId B = new DatapathId(0xb);
    private static final ResourceId LINK = new ResourceId("default", "link-ab");
    private static final ResourceId BACK = new ResourceId("default", "link-ba");

    private final Usage usage = new Usage();

    @Test
    void addsUpWhatNetworksReserveOnALink() {
        usage.replace(null, decision("one", circuit(1, 20_000_000L, 5_000_000L)));
        usage.replace(null, decision("two", circuit(2, 30_000_000L, null)));
        usage.replace(null, decision("three", circuit(3, null, null)));

        assertThat(usage.reservedOn(LINK)).isEqualTo(50_000_000);
        assertThat(usage.reservedOn(BACK)).isEqualTo(5_000_000);
        assertThat(usage.reservedOn(new ResourceId("other", "link-ab"))).isZero();
        assertThat(usage.of(new Thing.OfLink(LINK))).isEqualTo(new Use(3, 0));
    }

    @Test
    void countsTheLargestCircuitOfANetworkThatMovesFromOneToAnother() {
        usage.replace(
                null,
                decision(
                        "one",
                        circuit(2, 30_000_000L, null),
                        new CircuitRemoval(circuit(1, 20_000_000L, null), SINCE, false)));

        assertThat(usage.reservedOn(LINK)).isEqualTo(30_000_000);
    }

    @Test
    void keepsALoweredBandwidthReservedUntilTheSwitchesConfirm() {
        PathDecision lowering = decision(
                "one",
                circuit(1, 10_000_000L, null),
                new CircuitRemoval(circuit(2, 40_000_000L, null), SINCE, false, null, 1L));
        usage.replace(null, lowering);
        assertThat(usage.reservedOn(LINK)).isEqualTo(40_000_000);

        usage.replace(lowering, decision("one", circuit(1, 10_000_000L, null)));

        assertThat(usage.reservedOn(LINK)).isEqualTo(10_000_000);
    }

    @Test
    void reservesNothingOnceTheNetworkIsGone() {
        PathDecision decision = decision("one", circuit(1, 20_000_000L, 5_000_000L));
        usage.replace(null, decision);
        assertThat(usage.reservedOn(LINK)).isEqualTo(20_000_000);

        usage.replace(decision, null);

        assertThat(usage.reservedOn(LINK)).isZero();
        assertThat(usage.reservedOn(BACK)).isZero();
    }

    private static PathDecision decision(String name, Circuit current, CircuitRemoval... removals) {
        return new PathDecision(
                new NetworkId("default", "default", name),
                new Revision(1, 1, 0),
                Outcome.ADMITTED,
                List.of(),
                current,
                List.of(removals),
                List.of(),
                List.of(),
                SINCE);
    }

    private static Circuit circuit(int number, @Nullable Long there, @Nullable Long back) {
        return new Circuit(
                number,
                number,
                List.of(new Endpoint("node-a", A, null, null), new Endpoint("node-b", B, null, null)),
                List.of(
                        route("node-a", A, 0, "link-ab", "node-b", B, 1, there),
                        route("node-b", B, 1, "link-ba", "node-a", A, 0, back)));
    }

    private static Route route(
            String from,
            DatapathId sender,
            int enters,
            String link,
            String to,
            DatapathId receiver,
            int leaves,
            @Nullable Long bits) {
        Lane lane = new Lane(link, Label.of("vlan:1"), null, null, null, null);
        return new Route(
                null,
                List.of(
                        Hop.straight(from, sender, new AtEndpoint(enters), Face.working(lane, 1)),
                        Hop.straight(to, receiver, lane, Face.working(new AtEndpoint(leaves), null))),
                bits,
                0,
                bits == null ? null : 1);
    }
}
