package io.vlink.cli;

import static io.vlink.cli.CannedApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.cli.CannedApi.Canned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a command does when its output cannot be written, and the versions that it shows. */
class OutputTest {

    private final CannedApi api = new CannedApi();
    private final StringWriter err = new StringWriter();

    OutputTest() throws IOException {}

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void failsIfTheOutputIsLost() {
        // Given
        api.answers.put("GET /v1/switches", json("{\"items\":[{\"datapathId\":\"a\"}]}"));

        for (List<String> words : List.of(
                List.of("get", "switches"),
                List.of("get", "switches", "-o", "json"),
                List.of("get", "switches", "-o", "name"),
                List.of("completion", "bash"),
                List.of("get", "--help"))) {
            // When
            int code = run("No space left on device", words);

            // Then
            assertThat(code).as("%s", words).isEqualTo(1);
            assertThat(err.toString()).isEqualTo("vlink: The output could not be written: No space left on device.\n");
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void reportsWhatFailedBeforeTheOutput() {
        assertThat(run("No space left on device", List.of("get", "network", "none")))
                .isEqualTo(4);
    }

    @Test
    void endsQuietlyIfTheReaderHasReadEnough() {
        // Given
        api.answers.put("GET /v1/switches", json("{\"items\":[{\"datapathId\":\"a\"}]}"));

        // Then
        assertThat(run("Broken pipe", List.of("get", "switches"))).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsItsVersionAndThatOfTheRestInterface() {
        // Given
        api.answers.put("GET /q/openapi?format=json", json("{\"info\":{\"version\":\"v1\"}}"));
        String address = api.environment.get("VLINK_API");

        // Then
        assertThat(api.run("version")).isZero();
        assertThat(api.out.toString())
                .containsPattern("command   \\S+, Java [0-9]+")
                .contains("REST API  v1 at " + address);
        assertThat(api.run("version", "-o", "json")).isZero();
        assertThat(api.out.toString()).contains("\"version\" : \"v1\"", "\"address\" : \"" + address);

        // When: the suite is away
        api.answers.put("GET /q/openapi?format=json", new Canned(503, "text/plain", ""));

        // Then
        assertThat(api.run("version")).isEqualTo(1);
        assertThat(api.out.toString()).startsWith("command   ");
        assertThat(api.run("version", "--client")).isZero();
        assertThat(api.out.toString()).doesNotContain("REST API");
    }

    private int run(String failure, List<String> words) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int written) throws IOException {
                throw new IOException(failure);
            }
        };
        return CommandLines.run(
                new Surroundings(
                        new ByteArrayInputStream(new byte[0]),
                        new Output(new OutputStreamWriter(full, StandardCharsets.UTF_8)),
                        new PrintWriter(err),
                        false,
                        0,
                        Map.copyOf(api.environment),
                        "",
                        Clock.systemUTC()),
                words.toArray(String[]::new));
    }
}
