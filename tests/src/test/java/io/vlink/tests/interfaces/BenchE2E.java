package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./vlink bench} measures all parts, and nothing is left behind, not even by an earlier run. This does not test
 * the speed.
 */
class BenchE2E {

    private static final int VLINKS = 50;
    private static final List<String> PARTS = List.of("floor", "single", "stages", "bulk", "resources", "topology");

    @Test
    void measuresEveryPartAndLeavesNothingBehind(@TempDir Path directory) throws IOException {
        // Given: closing the playground verifies that no rule and no meter is left
        try (Playground play = new Playground()) {
            Suite suite = play.suite();
            Path json = directory.resolve("bench.json");
            leaveWhatAnInterruptedRunWould(play);

            // When
            String output = Command.run(
                    suite.environment(),
                    List.of(
                            suite.root().resolve("vlink").toString(),
                            "bench",
                            "--vlinks",
                            Integer.toString(VLINKS),
                            "--nodes",
                            "20",
                            "--repeats",
                            "1",
                            "--rounds",
                            "32",
                            "--out",
                            json.toString()),
                    Duration.ofMinutes(5));

            // Then
            JsonNode all = new ObjectMapper().readTree(Files.readAllBytes(json));
            JsonNode figures = all.path("figures");
            String page = Files.readString(directory.resolve("bench.md"));
            assertThat(all.path("options").path("vlinks").asInt()).isEqualTo(VLINKS);
            assertThat(figures.findValuesAsText("part")).containsAll(PARTS);
            assertThat(figures.findValuesAsText("name"))
                    .contains(
                            "Ready p50, 1 in flight",
                            "Ready p99, 16 in flight",
                            "recorded (vlink.networks)",
                            "sent (commit at the ingress switch)",
                            "made",
                            "removed",
                            "memory of switch-gateway, 50 live",
                            "Ready p50 by b-d-c, 50 live",
                            "processor time of one rule in one switch, 50 live",
                            "idle processor of all, 0 live",
                            "lines of the bulk",
                            "PUT in another overlay p99, meanwhile");
            for (JsonNode figure : figures) {
                assertThat(figure.path("repeats")).as("%s", figure).hasSize(1);
                assertThat(figure.path("min").asDouble())
                        .as("%s", figure)
                        .isEqualTo(figure.path("max").asDouble());
                assertThat(output).contains(figure.path("name").asText());
                assertThat(page)
                        .containsPattern("\\| %s \\| [0-9.,]+ \\| [0-9.,]+ \\| [0-9.,]+ \\| .+ \\|"
                                .formatted(Pattern.quote(figure.path("name").asText())));
            }
            assertThat(figure(figures, "made").path("median").asDouble()).isPositive();
            assertThat(figure(figures, "removed").path("ratio").asDouble()).isPositive();
            assertThat(play.api().list("/v1/namespaces/default/networks").toString())
                    .doesNotContain("bench-");
            assertThat(play.api().list("/v1/overlays/default/attachments").toString())
                    .doesNotContain("bench-");
            assertThat(play.api().list("/v1/overlays/bench-large/nodes").toString())
                    .doesNotContain("n-0");
            assertThat(suite.lab().vsctl("a", "list-ports", "br0")).doesNotContain("ba0");
        }
    }

    private static void leaveWhatAnInterruptedRunWould(Playground play) {
        play.lab().vsctl("a", "add-port br0 ba0999 -- set interface ba0999 type=patch options:peer=none".split(" "));
        assertThat(play.api()
                        .declare("bench-0000", "node-a", "node-e", Playground.ACDE, Playground.EDBA, "")
                        .status())
                .isLessThan(300);
        assertThat(play.api().attach("bench-0000", "ba0999", "node-a").status()).isLessThan(300);
    }

    @Test
    void reportsAWrongOption() {
        try (Playground play = new Playground()) {
            // When
            Command.Result result = Command.tryRun(
                    play.suite().environment(),
                    List.of(play.suite().root().resolve("vlink").toString(), "bench", "--vlinks", "5000"));

            // Then
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.output()).contains("--vlinks must be between 1 and 4000, not '5000'");
        }
    }

    private static JsonNode figure(JsonNode figures, String name) {
        for (JsonNode figure : figures) {
            if (figure.path("name").asText().equals(name)) {
                return figure;
            }
        }
        throw new AssertionError("There is no figure '%s' in %s".formatted(name, figures));
    }
}
