package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.api.Api;
import io.vlink.cli.api.Changes;
import io.vlink.cli.api.EventStream;
import io.vlink.cli.api.ProblemException;
import io.vlink.cli.api.ServerEvent;
import io.vlink.cli.drawing.Graphviz;
import io.vlink.cli.drawing.Reserved;
import io.vlink.cli.drawing.Topology;
import io.vlink.cli.drawing.TopologyDrawing;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Listing;
import io.vlink.cli.kinds.Place;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws nodes and links. */
@Command(name = "topology", description = "Draws nodes and links with their state and reserved bandwidth.")
final class TopologyCommand implements Callable<Integer> {

    private static final int STATUS_NOT_FOUND = 404;

    private final VlinkCommand vlink;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = TopologyOutput.class,
            completionCandidates = TopologyOutput.class,
            description = "table (drawn), dot (for Graphviz), json or yaml")
    private Format format = Format.TABLE;

    /** The values of {@code -o}. */
    static final class TopologyOutput extends Formats {
        TopologyOutput() {
            super(Format.TABLE, Format.DOT, Format.JSON, Format.YAML);
        }
    }

    TopologyCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        Api api = vlink.api();
        Place place = vlink.place();
        List<JsonNode> links = api.list(new Listing(Kind.LINK, place, false, null).path());
        Topology topology = new Topology(
                place.overlay(),
                api.list(new Listing(Kind.NODE, place, false, null).path()),
                reserved(api, place)
                        .map(reserved -> withReserved(links, reserved))
                        .orElse(links));
        vlink.print(
                switch (format) {
                    case TABLE -> TopologyDrawing.draw(topology, vlink.paint());
                    case DOT -> Graphviz.draw(topology);
                    case JSON, YAML, WIDE, NAME -> format.write(tree(topology));
                });
        return ExitCode.DONE.number();
    }

    /** Adds up the reserved bandwidth from a snapshot of all decisions, without keeping them. */
    private static Optional<Reserved> reserved(Api api, Place place) {
        Reserved reserved = new Reserved();
        try (EventStream decisions = api.follow(new Changes(List.of("path"), place, false, null), null, true)) {
            for (ServerEvent event = decisions.next();
                    event != null && !event.endsSnapshot();
                    event = decisions.next()) {
                reserved.add(event.data().path("record"));
            }
        } catch (ProblemException e) {
            if (e.problem().status() != STATUS_NOT_FOUND) {
                throw e;
            }
            return Optional.empty(); // an older network-api without the stream; everything else can be drawn
        }
        return Optional.of(reserved);
    }

    private static List<JsonNode> withReserved(List<JsonNode> links, Reserved reserved) {
        return links.stream()
                .map(link -> (JsonNode) ((ObjectNode) link.deepCopy())
                        .put("reservedBits", reserved.on(link.path("name").asText())))
                .toList();
    }

    private static JsonNode tree(Topology topology) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("overlay", topology.overlay());
        add(tree, "nodes", topology.nodes());
        add(tree, "links", topology.links());
        return tree;
    }

    private static void add(ObjectNode tree, String name, List<JsonNode> items) {
        tree.putArray(name).addAll(items);
    }
}
