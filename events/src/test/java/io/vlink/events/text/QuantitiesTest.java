package io.vlink.events.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuantitiesTest {

    @Test
    void writesARateInTheLargestUnitThatIsNotBelowOne() {
        assertThat(Quantities.rate(0)).isEqualTo("0 bit/s");
        assertThat(Quantities.rate(999)).isEqualTo("999 bit/s");
        assertThat(Quantities.rate(1_500)).isEqualTo("1.5 kbit/s");
        assertThat(Quantities.rate(20_000_000)).isEqualTo("20 Mbit/s");
        assertThat(Quantities.rate(1_500_000_000)).isEqualTo("1.5 Gbit/s");
        assertThat(Quantities.rate(100_000_000_000L)).isEqualTo("100 Gbit/s");
        assertThat(Quantities.rate(Long.MAX_VALUE)).isEqualTo("9223372.036854775807 Tbit/s");
    }

    @Test
    void writesALatencyInMilliseconds() {
        assertThat(Quantities.latency(0)).isEqualTo("0 ms");
        assertThat(Quantities.latency(200_000)).isEqualTo("0.2 ms");
        assertThat(Quantities.latency(800_000)).isEqualTo("0.8 ms");
        assertThat(Quantities.latency(10_000_000)).isEqualTo("10 ms");
        assertThat(Quantities.latency(12_000_000)).isEqualTo("12 ms");
    }

    @Test
    void roundsNothing() {
        assertThat(Quantities.latency(599_999)).isEqualTo("0.599999 ms");
        assertThat(Quantities.rate(1_000_000_001)).isEqualTo("1.000000001 Gbit/s");
    }
}
