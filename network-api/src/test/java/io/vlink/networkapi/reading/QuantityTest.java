package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "20000000, 20000000",
        "20M, 20000000",
        "20 M, 20000000",
        "20Mbit/s, 20000000",
        "20Mbps, 20000000",
        "20 Mbits/s, 20000000",
        "2e7, 20000000",
        "2E7, 20000000",
        "2e+7, 20000000",
        "0.02G, 20000000",
        ".02G, 20000000",
        "20000k, 20000000",
        "20000K, 20000000",
        "1T, 1000000000000",
        "1000 bps, 1000",
        "1.5k, 1500",
        "1234.0, 1234"
    })
    void readsBandwidth(String written, long bits) {
        assertThat(bandwidth(written)).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "M",
                "20m",
                "20MB/s",
                "20Mi",
                "20MiB",
                "20P",
                "2e",
                "e7",
                "0x10",
                "1,000",
                "1_000",
                "20M 20M",
                "20ms",
                "NaN",
                "Infinity",
                "-",
                "1e99999999999",
                "twenty"
            })
    void refusesInvalidBandwidth(String written) {
        // Given
        var problems = new Violations();

        // Then
        assertThat(Quantity.BANDWIDTH.read(field(written), 1_000, 1_000_000_000_000L, problems))
                .isNull();
        assertThat(problems.all()).singleElement().satisfies(v -> {
            assertThat(v.reason()).isEqualTo("NotANumber");
            assertThat(v.message()).contains("20Mbit/s");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "800000, 800000",
        "8e5, 800000",
        "0.8ms, 800000",
        "0.8 ms, 800000",
        "800us, 800000",
        "800\u00b5s, 800000",
        "800k, 800000",
        "800000ns, 800000",
        "1s, 1000000000",
        "0.0008s, 800000"
    })
    void readsLatency(String written, long nanos) {
        var problems = new Violations();
        assertThat(Quantity.LATENCY.read(field(written), 1, PathReader.MAX_LATENCY, problems))
                .isEqualTo(nanos);
        assertThat(problems.none()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "123.45ns, 124, 123",
        "123.00ns, 123, 123",
        "0.0001us, 1, 0",
        "1e-999999999, 1, 0",
        "0.000001234s, 1234, 1234"
    })
    void readsFractionsOfANanosecondAsL2smsMonitorWritesThem(String written, long ofLink, long ofBound) {
        var problems = new Violations();

        assertThat(Quantity.LATENCY.read(field(written), 0, PathReader.MAX_LATENCY, problems))
                .isEqualTo(ofLink);
        assertThat(Quantity.LATENCY_BOUND.read(field(written), 0, PathReader.MAX_LATENCY, problems))
                .isEqualTo(ofBound);
        assertThat(problems.none()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20M", "20bit/s", "1kms", "1min", "1h"})
    void refusesInvalidOrTooLongLatency(String written) {
        var problems = new Violations();
        Long read = Quantity.LATENCY.read(field(written), 1, 1_000_000, problems);
        assertThat(read).isNull();
        assertThat(problems.none()).isFalse();
    }

    private static long bandwidth(String written) {
        var problems = new Violations();
        Long read = Quantity.BANDWIDTH.read(field(written), 1_000, 1_000_000_000_000L, problems);
        assertThat(problems.all()).isEmpty();
        return read == null ? -1 : read;
    }

    private static DocumentField field(String text) {
        return new DocumentField("$.x", TextNode.valueOf(text));
    }
}
