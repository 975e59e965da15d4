package io.vlink.networkapi.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinesTest {

    private final List<String> seen = new ArrayList<>();
    private final Lines lines = new Lines(10, new Lines.LineHandler() {
        @Override
        public void line(byte[] line) {
            seen.add(new String(line, StandardCharsets.UTF_8));
        }

        @Override
        public void blank() {
            seen.add("BLANK");
        }

        @Override
        public void tooLong() {
            seen.add("TOO LONG");
        }
    });

    @Test
    void splitsLinesAcrossChunks() {
        for (String chunk : List.of("on", "e\ntw", "o\n\n \r\nthree\n", "four")) {
            lines.take(Buffer.buffer(chunk));
        }
        lines.end();

        assertThat(seen).containsExactly("one", "two", "BLANK", "BLANK", "three", "four");
    }

    @Test
    void countsNoLineAfterTheLastLineFeed() {
        // When
        lines.take(Buffer.buffer("one\n\n"));
        lines.end();

        // Then
        assertThat(seen).containsExactly("one", "BLANK");
    }

    @Test
    void dropsLinesThatAreTooLongAndContinues() {
        lines.take(Buffer.buffer("0123456789\n01234567890\n012345"));
        lines.take(Buffer.buffer("6789012345678901234567890"));
        lines.take(Buffer.buffer("123\nnext\n01234567890"));
        lines.end();

        assertThat(seen).containsExactly("0123456789", "TOO LONG", "TOO LONG", "next", "TOO LONG");
    }
}
