package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.reasons.RequestReason;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads nodes and links, either plain ({@code {"name", "datapathId", ...}}) or as shown ({@code {"name", "spec": {...}}}). */
public final class TopologyReader {

    private static final long MAX_CAPACITY = 1_000_000_000_000_000L;
    private static final Pattern OVSDB = Pattern.compile("tcp:(\\[[0-9A-Fa-f:.]+]|[^:\\s]+):([0-9]{1,5})");

    private final Violations problems = new Violations();

    private TopologyReader() {}

    /** Reads a node received at {@code place}. */
    public static Reading<Declaration<ResourceId, NodeSpec>> node(ObjectNode root, DocumentScope place) {
        var reader = new TopologyReader();
        Fields fields = new Fields(root, "$", reader.problems);
        ResourceId id = new Naming(fields, place).resource();
        NodeSpec spec = fields.has("spec")
                ? node(shown(fields).object("spec"), reader.problems)
                : nodeMembers(fields, reader.problems);
        fields.close();
        return reader.result(id, spec);
    }

    /** Reads a link received at {@code place}. */
    public static Reading<Declaration<ResourceId, LinkSpec>> link(ObjectNode root, DocumentScope place) {
        var reader = new TopologyReader();
        Fields fields = new Fields(root, "$", reader.problems);
        ResourceId id = new Naming(fields, place).resource();
        LinkSpec spec = fields.has("spec")
                ? link(shown(fields, "reservedBits", "freeBits").object("spec"), reader.problems)
                : linkMembers(fields, reader.problems);
        fields.close();
        return reader.result(id, spec);
    }

    /** Passes what an answer shows beside the specification, so that it can be sent back. */
    private static Fields shown(Fields fields, String... ofThisKind) {
        fields.pass("generation", "createdAt", "requestedBy", "withdrawn", "status", "use", "warnings");
        fields.pass(ofThisKind);
        return fields;
    }

    private <S> Reading<Declaration<ResourceId, S>> result(@Nullable ResourceId id, @Nullable S spec) {
        return problems.none() && id != null && spec != null
                ? new Reading.Parsed<>(new Declaration<>(id, spec))
                : new Reading.Wrong<>(problems.all());
    }

    static @Nullable NodeSpec node(@Nullable Fields fields, Violations problems) {
        if (fields == null) {
            return null;
        }
        NodeSpec spec = nodeMembers(fields, problems);
        fields.close();
        return spec;
    }

    static @Nullable LinkSpec link(@Nullable Fields fields, Violations problems) {
        if (fields == null) {
            return null;
        }
        LinkSpec spec = linkMembers(fields, problems);
        fields.close();
        return spec;
    }

    private static @Nullable NodeSpec nodeMembers(Fields fields, Violations problems) {
        DatapathId datapathId = datapathId(fields, fields.require("datapathId", "datapath-id"), problems);
        DocumentField tunnel = fields.take("tunnelAddress");
        String tunnelAddress = fields.text(tunnel);
        if (tunnel != null && tunnelAddress != null && !Addresses.isOfOneHost(tunnelAddress)) {
            problems.add(
                    tunnel.path(),
                    RequestReason.INVALID_ADDRESS,
                    "The tunnelAddress (%s) must be the IP address of one host, such as 10.0.0.1."
                            .formatted(Fields.shortened(tunnelAddress)));
        }
        DocumentField database = fields.take("ovsdb");
        String ovsdb = fields.text(database);
        if (database != null && ovsdb != null && !isOvsdb(ovsdb)) {
            problems.add(
                    database.path(),
                    RequestReason.INVALID_ADDRESS,
                    "The ovsdb (%s) must be tcp:address:port, such as tcp:10.0.0.1:6640."
                            .formatted(Fields.shortened(ovsdb)));
        }
        boolean maintenance = fields.flag("maintenance");
        return datapathId == null ? null : new NodeSpec(datapathId, tunnelAddress, ovsdb, maintenance);
    }

    private static boolean isOvsdb(String text) {
        var matcher = OVSDB.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        int port = Integer.parseInt(matcher.group(2));
        return port >= 1 && port <= 65_535;
    }

    private static @Nullable DatapathId datapathId(Fields fields, @Nullable DocumentField field, Violations problems) {
        if (field == null) {
            return null;
        }
        if (field.node().isNumber()) {
            problems.add(
                    field.path(),
                    RequestReason.WRONG_TYPE,
                    "The datapath id must be hexadecimal text, such as \"000000000000000a\", not a number.");
            return null;
        }
        String text = fields.text(field);
        if (text == null) {
            return null;
        }
        try {
            return DatapathId.of(text.strip());
        } catch (IllegalArgumentException e) {
            problems.add(field.path(), RequestReason.INVALID_DATAPATH_ID, Addresses.messageOf(e));
            return null;
        }
    }

    private static @Nullable LinkSpec linkMembers(Fields fields, Violations problems) {
        LinkEnd from = end(fields.requireObject("from"), problems);
        LinkEnd to = end(fields.requireObject("to"), problems);
        Long capacity = Quantity.BANDWIDTH.read(
                fields.require("capacityBits"), PathReader.MIN_BANDWIDTH, MAX_CAPACITY, problems);
        Long latency = Quantity.LATENCY.read(fields.require("latencyNanos"), 0, PathReader.MAX_LATENCY, problems);
        LinkKind kind = kind(fields, fields.take("kind"), problems);
        boolean maintenance = fields.flag("maintenance");
        Long floor = floor(fields.take("bestEffortFloorBits"), capacity, problems);
        if (from != null && to != null && from.node().equals(to.node())) {
            problems.add(
                    fields.path("to"),
                    RequestReason.ENDS_EQUAL,
                    "A link joins two nodes, but both ends are on node %s.".formatted(from.node()));
        }
        return from == null || to == null || capacity == null || latency == null || !problems.none()
                ? null
                : new LinkSpec(from, to, capacity, latency, kind, maintenance, floor);
    }

    /** Reads the best-effort floor, which is part of the capacity. */
    private static @Nullable Long floor(@Nullable DocumentField field, @Nullable Long capacity, Violations problems) {
        Long floor = Quantity.BANDWIDTH.read(field, 0, MAX_CAPACITY, problems);
        if (field != null && floor != null && capacity != null && floor > capacity) {
            problems.add(
                    field.path(),
                    RequestReason.OUT_OF_RANGE,
                    "The value (%s) must not exceed capacityBits, %d bit/s, since it is part of it."
                            .formatted(Fields.shortened(field.text()), capacity));
        }
        return floor;
    }

    private static @Nullable LinkEnd end(@Nullable Fields fields, Violations problems) {
        if (fields == null) {
            return null;
        }
        String node = fields.name("node", fields.require("node"));
        PortLocator port = port(fields, fields.require("port"), problems);
        fields.close();
        return node == null || port == null ? null : new LinkEnd(node, port);
    }

    static @Nullable PortLocator port(Fields fields, @Nullable DocumentField field, Violations problems) {
        String text = fields.text(field);
        if (text == null || field == null) {
            return null;
        }
        if (field.node().isNumber() && !PortLocator.isDigits(text)) {
            problems.add(
                    field.path(),
                    RequestReason.INVALID_PORT,
                    "The port number (%s) must be a whole number between 1 and %d."
                            .formatted(Fields.shortened(text), PortNumber.MAX));
            return null;
        }
        try {
            return new PortLocator(text);
        } catch (IllegalArgumentException e) {
            problems.add(field.path(), RequestReason.INVALID_PORT, Addresses.messageOf(e));
            return null;
        }
    }

    private static LinkKind kind(Fields fields, @Nullable DocumentField field, Violations problems) {
        String word = fields.text(field);
        if (word == null || field == null || word.equals("plain")) {
            return LinkKind.PLAIN;
        }
        if (!word.equals("vxlan")) {
            problems.add(
                    field.path(),
                    RequestReason.UNKNOWN_VALUE,
                    "The kind (%s) must be plain or vxlan.".formatted(Fields.shortened(word)));
        }
        return LinkKind.VXLAN;
    }
}
