package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.vlink.cli.drawing.Paint.Colour;
import io.vlink.cli.kinds.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws all details of one resource. */
public final class Description {

    private static final int LABEL_WIDTH = 14;

    private final Instant now;
    private final Paint paint;
    private final StringBuilder text = new StringBuilder();

    private Description(Instant now, Paint paint) {
        this.now = now;
        this.paint = paint;
    }

    /**
     * Describes a node, a link, an attachment or a switch.
     *
     * @param name name as in commands
     */
    public static String of(Kind kind, String name, JsonNode item, Instant now, Paint paint) {
        Description description = new Description(now, paint);
        description.place(kind, name, item);
        switch (kind) {
            case NODE -> description.node(item);
            case LINK -> description.link(item);
            case ATTACHMENT -> description.attachment(item);
            case SWITCH -> description.seenSwitch(item);
            case SERVICE -> description.service(item);
            case NETWORK -> description.network(item);
        }
        return description.text.toString();
    }

    /** Describes a network with its path and its attachments. */
    public static String ofNetwork(
            String name, JsonNode network, JsonNode path, JsonNode attachments, Instant now, Paint paint) {
        Description description = new Description(now, paint);
        description.place(Kind.NETWORK, name, network);
        description.network(network);
        description.attachments(network, attachments);
        description.circuits(path);
        return description.text.toString();
    }

    private void place(Kind kind, String name, JsonNode item) {
        field("Name", paint.in(Colour.STRONG, name));
        if (kind != Kind.SWITCH && kind != Kind.SERVICE) {
            field("Kind", kind.singular());
            field("Overlay", item.path("overlay").asText());
            field("Namespace", item.path("namespace").asText());
            field("Generation", item.path("generation").asText());
            field("Created", moment(item.path("createdAt")));
            field("Requested by", item.path("requestedBy").asText());
        }
    }

    private void service(JsonNode service) {
        state(service.path("state").asText());
        field("Message", service.path("message").asText());
        service.path("instances")
                .forEach(one -> field(
                        "Instance",
                        "%s %s, heard %s ago, partitions %s %s"
                                .formatted(
                                        one.path("name").asText(),
                                        one.path("state").asText(),
                                        Quantities.age(one.path("heardAt"), now),
                                        one.path("partitions"),
                                        one.path("reason").asText())
                                .strip()));
    }

    private void node(JsonNode node) {
        field("Datapath", node.at("/spec/datapathId").asText());
        field("OVSDB", node.at("/spec/ovsdb").asText());
        field("Tunnel", node.at("/spec/tunnelAddress").asText());
        field("Maintenance", node.at("/spec/maintenance").asBoolean() ? "yes" : "");
        state(Shown.nodeState(node));
        field("In use", Shown.use(node));
        field("Since", moment(node.at("/status/since")));
        field("Reason", node.at("/status/reason").asText());
    }

    private void link(JsonNode link) {
        field("From", Shown.end(link.at("/spec/from")));
        field("To", Shown.end(link.at("/spec/to")));
        field("Kind of link", link.at("/spec/kind").asText());
        field("Capacity", Quantities.bits(link.at("/spec/capacityBits")));
        String floor = Quantities.bits(link.at("/spec/bestEffortFloorBits"));
        field("Best effort", floor.isEmpty() ? "" : "at least " + floor);
        String measured = Quantities.latency(link.at("/status/latencyNanos"));
        field(
                "Latency",
                "%s declared%s"
                        .formatted(
                                Quantities.latency(link.at("/spec/latencyNanos")),
                                measured.isEmpty() ? "" : ", %s measured".formatted(measured)));
        field("Maintenance", link.at("/spec/maintenance").asBoolean() ? "yes" : "");
        state(Shown.linkState(link));
        field("In use", Shown.use(link));
        field("Reserved", Quantities.bits(link.path("reservedBits")));
        field("Free", Quantities.bits(link.path("freeBits")));
        field("Since", moment(link.at("/status/since")));
        field("Reason", link.at("/status/reason").asText());
        field("Message", link.at("/status/message").asText());
    }

    private void attachment(JsonNode attachment) {
        field("Node", attachment.at("/spec/node").asText());
        field("Port", attachment.at("/spec/port").asText());
        field("IPs", String.join(", ", Shown.texts(attachment.at("/spec/ips"))));
        Cell holds = Cell.state(Tables.holds(attachment));
        field("Holds an end", paint.in(holds.colour(), holds.text()));
        field("Reason", attachment.at("/status/reason").asText());
        field("Message", attachment.at("/status/message").asText());
    }

    private void seenSwitch(JsonNode seen) {
        state(seen.path("state").asText());
        field("Reason", seen.path("reason").asText());
        field("Since", moment(seen.path("since")));
        field("Nodes", String.join(", ", Shown.texts(seen.path("nodes"))));
        field("Gateway", seen.path("gateway").asText());
        field("Address", seen.path("address").asText());
        field("OpenFlow", seen.path("openflow").asText());
        field("Description", seen.path("description").asText());
        field("Checked", seen.path("checked").asBoolean() ? "fail mode and in-band control are safe" : "not checked");
        seen.path("warnings")
                .forEach(warning -> field(
                        "Warning",
                        paint.in(Colour.BAD, warning.path("reason").asText()) + ": "
                                + warning.path("message").asText()));
        hindrances(seen);
        section("Ports");
        Table ports = new Table(List.of("NUMBER", "NAME", "STATE", "SPEED", "MTU", "HARDWARE ADDRESS"));
        seen.path("ports")
                .forEach(port -> ports.row(List.of(
                        Cell.of(port.path("number").asText()),
                        Cell.of(port.path("name").asText()),
                        Cell.state(Shown.portState(port)),
                        Cell.of(port.path("speedKbps").asLong() == 0 ? "" : speed(port)),
                        Cell.of(port.path("mtu").asText()),
                        Cell.of(port.path("hardwareAddress").asText()))));
        table(ports);
    }

    private void hindrances(JsonNode seen) {
        for (JsonNode port : seen.path("ports")) {
            hindrance(port, "sending");
            if (!port.path("receiving").equals(port.path("sending"))) {
                hindrance(port, "receiving");
            }
        }
    }

    private void hindrance(JsonNode port, String direction) {
        JsonNode hindrance = port.path(direction);
        if (hindrance.isObject()) {
            field(
                    "Blocked",
                    paint.in(Colour.BAD, hindrance.path("reason").asText()) + ": "
                            + hindrance.path("message").asText());
        }
    }

    private static String speed(JsonNode port) {
        return Quantities.bits(LongNode.valueOf(port.path("speedKbps").asLong() * 1000));
    }

    private void network(JsonNode network) {
        JsonNode status = network.path("status");
        if (network.path("withdrawn").asBoolean()) {
            field("Withdrawn", "yes; it is being removed");
        }
        Cell phase = Cell.state(status.path("phase").asText("Pending"));
        field("Phase", paint.in(phase.colour(), phase.text()));
        field("Observed", "generation " + status.path("observedGeneration").asText("0"));
        field("Protection", network.at("/spec/protection").asText());
        section("Declared");
        JsonNode forward = network.at("/spec/path");
        line("  forward  " + declared(forward));
        JsonNode reverse = network.at("/spec/reversePath");
        line("  reverse  " + (reverse.isMissingNode() ? "the same way back" : declared(reverse)));
        if (!status.path("forward").isEmpty()) {
            section("Crosses");
            line("  forward  "
                    + paint.in(Colour.FORWARD, String.join(Shown.ARROW, Shown.texts(status.path("forward")))));
            line("  reverse  "
                    + paint.in(Colour.REVERSE, String.join(Shown.ARROW, Shown.texts(status.path("reverse")))));
        }
        conditions(status.path("conditions"));
        violations(status.path("violations"));
    }

    private static String declared(JsonNode path) {
        List<String> words = new ArrayList<>();
        words.add("%s → %s"
                .formatted(
                        path.path("fromEndpoint").asText(),
                        path.path("toEndpoint").asText()));
        JsonNode links = path.path("links");
        words.add(
                links.isMissingNode()
                        ? "any way"
                        : links.isEmpty() ? "on one node" : "over " + String.join(", ", Shown.texts(links)));
        String bits = Quantities.bits(path.at("/capabilities/bandwidthBits"));
        words.add(bits.isEmpty() ? "best effort" : bits);
        String latency = Quantities.latency(path.at("/capabilities/latencyNanos"));
        if (!latency.isEmpty()) {
            words.add("at most " + latency);
        }
        String name = path.path("name").asText();
        return (name.isEmpty() ? "" : name + ": ") + String.join("; ", words);
    }

    private void conditions(JsonNode conditions) {
        if (conditions.isEmpty()) {
            return;
        }
        section("Conditions");
        Table table = new Table(List.of("TYPE", "STATUS", "REASON", "SINCE", "MESSAGE"));
        conditions.forEach(condition -> table.row(List.of(
                Cell.of(condition.path("type").asText()),
                Cell.state(condition.path("status").asText()),
                Cell.of(condition.path("reason").asText()),
                Cell.of(Quantities.age(condition.path("lastTransitionTime"), now)),
                Cell.of(condition.path("message").asText()))));
        table(table);
    }

    private void violations(JsonNode violations) {
        if (violations.isEmpty()) {
            return;
        }
        section("Violations");
        Table table = new Table(List.of("FIELD", "REASON", "MESSAGE"));
        violations.forEach(violation -> table.row(List.of(
                Cell.of(violation.path("field").asText()),
                Cell.of(violation.path("reason").asText()),
                Cell.of(violation.path("message").asText()))));
        table(table);
    }

    private void attachments(JsonNode network, JsonNode attachments) {
        section("Attachments");
        if (attachments.isEmpty()) {
            line("  none; %s and %s wait for one each"
                    .formatted(
                            network.at("/spec/path/fromEndpoint").asText(),
                            network.at("/spec/path/toEndpoint").asText()));
            return;
        }
        Table table = new Table(List.of("NAME", "NODE", "PORT", "HOLDS", "REASON", "MESSAGE"));
        attachments.forEach(attachment -> table.row(List.of(
                Cell.of(attachment.path("id").asText()),
                Cell.of(attachment.at("/spec/node").asText()),
                Cell.of(attachment.at("/spec/port").asText()),
                Cell.state(Tables.holds(attachment)),
                Cell.of(attachment.at("/status/reason").asText()),
                Cell.of(attachment.at("/status/message").asText()))));
        table(table);
    }

    private void circuits(JsonNode path) {
        if (!path.has("circuit") && path.path("retiring").isEmpty()) {
            return;
        }
        section("Circuits");
        if (path.has("circuit")) {
            line("  %s  forward %s".formatted(path.path("circuit").asText(), labels(path.path("forward"))));
            line("  %s  reverse %s".formatted(path.path("circuit").asText(), labels(path.path("reverse"))));
        }
        path.path("retiring").forEach(number -> line("  %s  is being removed".formatted(number.asText())));
        metered("forward", path.path("forward"));
        metered("reverse", path.path("reverse"));
    }

    /** Adds the drops of the meter; nothing for a direction without a meter. */
    private void metered(String direction, JsonNode route) {
        for (JsonNode hop : route.path("hops")) {
            if (hop.has("droppedPackets")) {
                line("  %s at %s: %s".formatted(direction, hop.path("node").asText(), PathDrawing.dropped(hop, route)));
            }
        }
    }

    /** Returns text such as {@code link-ac (vlan 1), link-cd (vlan 1)}. */
    private static String labels(JsonNode route) {
        List<String> links = new ArrayList<>();
        for (JsonNode hop : route.path("hops")) {
            if (hop.has("outLink")) {
                links.add("%s (%s)"
                        .formatted(
                                hop.path("outLink").asText(),
                                hop.path("outLabel").asText().replace(':', ' ')));
            }
        }
        return links.isEmpty()
                ? "within " + String.join(", ", Shown.texts(route.path("nodes")))
                : String.join(", ", links);
    }

    private String moment(JsonNode moment) {
        String written = moment.asText();
        if (written.isEmpty()) {
            return "";
        }
        String ago = Quantities.age(moment, now);
        return ago.isEmpty() ? written : "%s (%s ago)".formatted(written, ago);
    }

    private void state(String word) {
        Cell state = Cell.state(word);
        field("State", paint.in(state.colour(), state.text()));
    }

    private void field(String label, String value) {
        if (!value.isEmpty()) {
            line("%s:%s%s".formatted(label, " ".repeat(LABEL_WIDTH - label.length() - 1), value));
        }
    }

    private void section(String heading) {
        line(paint.in(Colour.STRONG, heading));
    }

    private void table(Table table) {
        table.draw(paint).lines().forEach(row -> line("  " + row));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
