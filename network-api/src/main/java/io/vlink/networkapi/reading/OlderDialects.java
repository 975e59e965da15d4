package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.events.reasons.RequestReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what L2S-M's older manifests and its controller's REST interface say in another way, and says what to write
 * instead. They name a path by its nodes; several links may join two nodes, so that is not a path here.
 */
final class OlderDialects {

    private static final Pattern OF = Pattern.compile("of:[0-9a-fA-F]{1,16}(/[0-9]{1,10})?");
    private static final int MOST_STEPS = 8;
    private static final String ARROW = " to ";
    private static final List<String> TRANSIT = List.of("path", "nodes");

    private OlderDialects() {}

    /** Returns whether an object has the path in an older form. */
    static boolean isWithin(Fields fields) {
        return fields.has("overlay-paths") || fields.has("linkNetworkId");
    }

    /** Reads the required path from the object that has it. Its older forms are refused, each once. */
    static @Nullable DocumentField path(Fields fields) {
        boolean older = refuseBesidePath(fields);
        DocumentField path = older ? fields.take("path", "direct-path") : fields.require("path", "direct-path");
        return older && path != null && isListOfNodes(path.node()) ? null : path;
    }

    private static boolean isListOfNodes(JsonNode path) {
        return path.isArray()
                && !path.isEmpty()
                && StreamSupport.stream(path.spliterator(), false).allMatch(JsonNode::isTextual);
    }

    private static boolean refuseBesidePath(Fields fields) {
        fields.refuse("linkNetworkId", "The name of a network is the field name, and part of the URL.");
        fields.refuse("networkId", "The name of a network is the field name, and part of the URL.");
        fields.refuse(
                "networkEndpoints",
                "The ends of a network get their ports by attachments: PUT …/networks/NAME/attachments/ID with node and port.");
        boolean from = refuseEnd(fields, "fromEndP", "fromEndpoint");
        boolean to = refuseEnd(fields, "toEndP", "toEndpoint");
        Optional<JsonNode> paths = fields.refuse("overlay-paths", OlderDialects::overlayPaths);
        Optional<JsonNode> nodes = fields.refuseIf(
                "path",
                OlderDialects::isListOfNodes,
                path -> "A path is an object and names links, not nodes. " + links(path));
        return from || to || paths.isPresent() || nodes.isPresent();
    }

    private static boolean refuseEnd(Fields fields, String older, String ours) {
        return fields.refuse(
                        older, end -> "Write the node as %s of path; a port belongs to an attachment of the network."
                                .formatted(ours))
                .isPresent();
    }

    private static String overlayPaths(JsonNode paths) {
        JsonNode first = paths.path(0);
        String from = end(first, "romEndpoint", "f");
        String to = end(first, "oEndpoint", "t");
        List<JsonNode> nodes = new ArrayList<>();
        StreamSupport.stream(first.path("path").spliterator(), false).forEach(nodes::add);
        return "overlay-paths names nodes, and several links may join two nodes. Write an object \"path\" with \"fromEndpoint\"%s, \"toEndpoint\"%s and \"links\"%s; write the way back likewise as \"reverse-path\". Or leave \"links\" out to have a path found."
                .formatted(
                        from.isEmpty() ? "" : ": \"%s\"".formatted(from),
                        to.isEmpty() ? "" : ": \"%s\"".formatted(to),
                        from.isEmpty() || to.isEmpty() ? "" : ": " + steps(from, nodes, to));
    }

    private static String end(JsonNode path, String name, String first) {
        String written = path.path(first + name).asText("");
        return Fields.shortened(
                written.isEmpty()
                        ? path.path(first.toUpperCase(Locale.ROOT) + name).asText("")
                        : written);
    }

    /** Refuses the fields of a path that name its nodes. */
    static void refuseTransit(Fields fields, @Nullable String from, @Nullable String to) {
        for (String name : TRANSIT) {
            fields.refuse(name, nodes -> {
                List<JsonNode> between = new ArrayList<>();
                nodes.forEach(between::add);
                return "A path names links, not nodes, since several links may join two nodes. "
                        + (from == null || to == null
                                ? links(nodes)
                                : "Write as \"links\" the names of %s, or leave \"links\" out to have a path found."
                                        .formatted(steps(from, between, to)));
            });
        }
    }

    private static String links(JsonNode nodes) {
        List<JsonNode> all = new ArrayList<>();
        nodes.forEach(all::add);
        return all.size() < 2
                ? "Write \"fromEndpoint\", \"toEndpoint\" and \"links\", or leave \"links\" out to have a path found."
                : "Write \"fromEndpoint\", \"toEndpoint\" and as \"links\" the names of %s, or leave \"links\" out to have a path found."
                        .formatted(steps(
                                all.getFirst().asText(),
                                all.subList(1, all.size() - 1),
                                all.getLast().asText()));
    }

    /** Returns text such as {@code the links node-a to node-c, node-c to node-e}. */
    private static String steps(String from, List<JsonNode> between, String to) {
        List<String> nodes = new ArrayList<>();
        nodes.add(from);
        between.forEach(node -> nodes.add(node.asText()));
        nodes.add(to);
        List<String> steps = new ArrayList<>();
        for (int i = 1; i < nodes.size(); i++) {
            if (!nodes.get(i).equals(nodes.get(i - 1))) { // some list the ends, too
                steps.add(Fields.shortened(nodes.get(i - 1)) + ARROW + Fields.shortened(nodes.get(i)));
            }
        }
        boolean cut = steps.size() > MOST_STEPS;
        return "the links %s%s"
                .formatted(String.join(", ", cut ? steps.subList(0, MOST_STEPS) : steps), cut ? " and so on" : "");
    }

    /** Reads an end of a path; ONOS writes {@code of:DATAPATH-ID/PORT}, which is refused. */
    static @Nullable String endpoint(Fields fields, @Nullable DocumentField field, Violations problems) {
        if (field == null
                || !field.node().isTextual()
                || !OF.matcher(field.text()).matches()) {
            return fields.name("node", field);
        }
        problems.add(
                field.path(),
                RequestReason.NOT_SUPPORTED,
                "An end is the name of a node, not a switch and its port (%s). GET /v1/overlays/OVERLAY/nodes shows which node has which datapathId; the port belongs to an attachment of the network."
                        .formatted(field.text()));
        return null;
    }
}
