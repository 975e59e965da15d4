package io.vlink.networkapi.topology;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.networkapi.KafkaUser;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declarations, and the records of other services about links and switches. */
final class TopologyRecords {

    private TopologyRecords() {}

    static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");

    static PathDecision crossing(NetworkId network) {
        DatapathId a = new DatapathId(0x501);
        DatapathId b = new DatapathId(0x502);
        Lane lane = new Lane("link-ab", Label.of("vlan:1"), null, null, null, null);
        Route forward = new Route(
                null,
                List.of(
                        Hop.straight("node-a", a, new AtEndpoint(0), Face.working(lane, 1)),
                        Hop.straight("node-b", b, lane, Face.working(new AtEndpoint(1), null))),
                20_000_000L,
                0,
                1);
        Route reverse = new Route(null, List.of(new Hop(0, "node-b", b, List.of(), List.of())), null, 0, null);
        Circuit circuit = new Circuit(
                1,
                1,
                List.of(new Endpoint("node-a", a, null, null), new Endpoint("node-b", b, null, null)),
                List.of(forward, reverse));
        return new PathDecision(
                network,
                new Revision(1, 1, 0),
                Outcome.ADMITTED,
                List.of(),
                circuit,
                List.of(),
                List.of(),
                List.of(),
                SINCE);
    }

    static String link(String from, String fromPort, String to, String toPort) {
        return "{'from':{'node':'%s','port':'%s'},'to':{'node':'%s','port':'%s'},'capacityBits':'1G','latencyNanos':'0.2ms'}"
                .formatted(from, fromPort, to, toPort);
    }

    static Switch seen(DatapathId id, long epoch, Switch.State state, @Nullable String reason) {
        return new Switch(
                id,
                epoch,
                state,
                reason,
                "gateway-1",
                "127.0.0.1:1",
                "1.4",
                "a switch",
                true,
                SINCE,
                List.of(new SwitchWarning("A", "b", null)));
    }

    static void port(KafkaUser gateway, DatapathId id, long number, String name, @Nullable Hindrance sending) {
        SwitchPort port = new SwitchPort(id, new PortNumber(number));
        gateway.publish(
                Topic.PORTS,
                id.toString(),
                port.toString(),
                new Port(port, 1, true, name, "02:00:00:00:00:01", true, 0, null, null, sending, null));
    }

    static void port(KafkaUser gateway, DatapathId id, long number, String name, boolean present) {
        SwitchPort port = new SwitchPort(id, new PortNumber(number));
        gateway.publish(
                Topic.PORTS,
                id.toString(),
                port.toString(),
                new Port(port, 1, present, name, "02:00:00:00:00:01", true, 0, null));
    }
}
