package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of the README work unchanged; only the ports are those of the tests' suite. */
class ReadmeE2E {

    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @Test
    void runsEveryExampleOfTheReadme() throws IOException {
        try (Playground play = new Playground()) {
            // Given
            Suite suite = play.suite();
            String readme = Files.readString(suite.root().resolve("README.md"));
            List<String> blocks =
                    BLOCK.matcher(readme).results().map(match -> match.group(1)).toList();
            assertThat(blocks).hasSizeGreaterThan(4);
            String script = "set -euo pipefail\ncd '%s'\n".formatted(suite.root())
                    + String.join("\n", blocks)
                            .replace("localhost:8080", "127.0.0.1:" + suite.apiPort())
                            .replace("localhost:9092", suite.bootstrapServers());

            // When
            String output = Command.run(suite.environment(), List.of("bash", "-c", script));

            // Then
            assertThat(output)
                    .contains("3 received")
                    .contains("\"phase\": \"Ready\"")
                    .contains("\"node\": \"node-b\"")
                    .contains("2000000000");
        }
    }
}
