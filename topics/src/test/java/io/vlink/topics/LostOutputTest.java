package io.vlink.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostOutputTest {

    @Test
    void failsIfTheOutputIsLost() throws InterruptedException {
        // Given
        PrintStream full = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int written) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                false,
                StandardCharsets.UTF_8);
        var said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

        // When
        int code = Main.written(Main.run(List.of(), full, err), full, err);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("The output could not be written");
    }
}
