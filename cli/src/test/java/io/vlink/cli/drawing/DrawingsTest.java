package io.vlink.cli.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.kinds.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Draws recorded answers of a real suite and compares with the golden texts in {@code drawings/}. {@code
 * -Dvlink.golden=write} rewrites the texts; review them before a commit.
 */
class DrawingsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T02:40:00Z");
    private static final Path GOLDEN = Path.of("src/test/resources/io/vlink/cli/drawings");

    record Drawing(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Drawing> drawings() throws IOException {
        return Stream.of(
                table("networks", Kind.NETWORK, "training/networks.json", false, Paint.PLAIN),
                table("networks-wide", Kind.NETWORK, "training/networks.json", true, Paint.PLAIN),
                table("networks-cut", Kind.NETWORK, "recorded/cut-networks.json", false, Paint.PLAIN),
                table("networks-control-lost", Kind.NETWORK, "recorded/control-lost-networks.json", true, Paint.PLAIN),
                table("networks-coloured", Kind.NETWORK, "training/networks.json", false, Paint.COLOURED),
                table("attachments", Kind.ATTACHMENT, "training/attachments.json", false, Paint.PLAIN),
                table("attachments-no-port", Kind.ATTACHMENT, "recorded/no-port-attachments.json", true, Paint.PLAIN),
                table("nodes", Kind.NODE, "training/nodes.json", true, Paint.PLAIN),
                table("links", Kind.LINK, "training/links.json", false, Paint.PLAIN),
                table("switches", Kind.SWITCH, "training/switches.json", true, Paint.PLAIN),
                table("switches-warned", Kind.SWITCH, "recorded/warned-switches.json", true, Paint.PLAIN),
                new Drawing(
                        "describe-switch-warned",
                        Description.of(
                                Kind.SWITCH,
                                "000000000000000a",
                                read("recorded/warned-switches.json").at("/items/0"),
                                NOW,
                                Paint.PLAIN)),
                new Drawing("path", PathDrawing.draw("vlink-sample", read("training/path.json"), NOW, Paint.PLAIN)),
                new Drawing(
                        "path-policed",
                        PathDrawing.draw("policed", read("recorded/policed-path.json"), NOW, Paint.PLAIN)),
                new Drawing(
                        "describe-policed",
                        Description.ofNetwork(
                                "vlink-sample",
                                read("training/network.json"),
                                read("recorded/policed-path.json"),
                                read("training/attachments.json").path("items"),
                                NOW,
                                Paint.PLAIN)),
                new Drawing(
                        "path-waiting", PathDrawing.draw("half", read("recorded/waiting-path.json"), NOW, Paint.PLAIN)),
                new Drawing(
                        "path-refused",
                        PathDrawing.draw("too-much", read("recorded/refused-path.json"), NOW, Paint.PLAIN)),
                new Drawing(
                        "describe-network",
                        Description.ofNetwork(
                                "vlink-sample",
                                read("training/network.json"),
                                read("training/path.json"),
                                read("training/attachments.json").path("items"),
                                NOW,
                                Paint.PLAIN)),
                new Drawing(
                        "describe-refused",
                        Description.ofNetwork(
                                "too-much",
                                read("recorded/refused.json"),
                                read("recorded/refused-path.json"),
                                read("recorded/no-port-attachments.json").path("nothing"),
                                NOW,
                                Paint.PLAIN)),
                new Drawing(
                        "describe-switch",
                        Description.of(
                                Kind.SWITCH,
                                "000000000000000a",
                                read("training/switches.json").at("/items/0"),
                                NOW,
                                Paint.PLAIN)),
                new Drawing(
                        "describe-link",
                        Description.of(
                                Kind.LINK,
                                "link-cd",
                                read("training/links.json").at("/items/5"),
                                NOW,
                                Paint.PLAIN)),
                new Drawing(
                        "describe-link-with-floor",
                        Description.of(
                                Kind.LINK,
                                "link-ab",
                                read("training/links.json").at("/items/0"),
                                NOW,
                                Paint.PLAIN)),
                new Drawing(
                        "describe-link-in-use",
                        Description.of(Kind.LINK, "link-ab", read("recorded/used-link.json"), NOW, Paint.PLAIN)),
                new Drawing(
                        "describe-link-unused",
                        Description.of(Kind.LINK, "link-ab", read("recorded/free-link.json"), NOW, Paint.PLAIN)),
                new Drawing("topology", TopologyDrawing.draw(topology(), Paint.PLAIN)),
                new Drawing("topology-dot", Graphviz.draw(topology())),
                new Drawing("forecast", DryRunDrawing.draw(read("recorded/forecast.json"))));
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void drawsAsInTheGoldenText(Drawing drawing) throws IOException {
        // Given
        Path golden = GOLDEN.resolve(drawing.name() + ".txt");

        // When
        if ("write".equals(System.getProperty("vlink.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, drawing.text());
        }

        // Then
        assertThat(drawing.text()).isEqualTo(Files.readString(golden));
        assertThat(drawing.text().lines()).as("no space at the end of a line").noneMatch(line -> line.endsWith(" "));
    }

    private static Drawing table(String name, Kind kind, String recorded, boolean wide, Paint paint)
            throws IOException {
        JsonNode items = read(recorded).path("items");
        return new Drawing(name, Tables.draw(kind, items, wide, wide, NOW, paint));
    }

    /** Returns the topology with the reserved bandwidth from the recorded decisions. */
    private static Topology topology() throws IOException {
        Reserved reserved = new Reserved();
        try (InputStream stream = resource("training/decisions.txt")) {
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("data: {\"kind\":\"path\""))
                    .forEach(line -> reserved.add(
                            parse(line.substring("data: ".length())).path("record")));
        }
        JsonNode links = read("training/links.json").path("items");
        links.forEach(link -> ((ObjectNode) link)
                .put("reservedBits", reserved.on(link.path("name").asText())));
        return new Topology(
                "default",
                StreamSupport.stream(read("training/nodes.json").path("items").spliterator(), false)
                        .toList(),
                StreamSupport.stream(links.spliterator(), false).toList());
    }

    private static JsonNode parse(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream recorded = resource(name)) {
            return new JsonMapper().readTree(recorded);
        }
    }

    private static InputStream resource(String name) {
        InputStream found = DrawingsTest.class.getResourceAsStream("/io/vlink/cli/" + name);
        if (found == null) {
            throw new AssertionError("There is no resource " + name);
        }
        return found;
    }
}
