package io.vlink.cli.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ReservedTest {

    private static final String CURRENT = """
            {"number": 7,
             "forward": {"bandwidthBits": 20000000, "hops": [{"node": "a", "outLink": "ab"}, {"node": "b"}]},
             "reverse": {"hops": [{"node": "b", "outLink": "ba"}, {"node": "a"}]}}""";

    @Test
    void countsLoweredRatesUntilTheyAreGone() throws Exception {
        Reserved reserved = new Reserved();

        reserved.add(new JsonMapper().readTree("""
                        {"current": %s, "retiring": [{"formerOf": 7, "circuit": {"number": 8,
                          "forward": {"bandwidthBits": 600000000, "hops": [{"node": "a"}]},
                          "reverse": {"hops": [{"node": "a"}]}}}]}""".formatted(CURRENT)));

        assertThat(reserved.on("ab")).isEqualTo(600_000_000);
        assertThat(reserved.on("ba")).isZero();
    }

    @Test
    void countsTheLargestOfSeveralCircuitsAndTheSumOfSeveralNetworks() throws Exception {
        Reserved reserved = new Reserved();
        String two = "{\"current\": %s, \"retiring\": [{\"circuit\": %s}]}"
                .formatted(CURRENT, CURRENT.replace("20000000", "30000000"));

        reserved.add(new JsonMapper().readTree(two));
        reserved.add(new JsonMapper().readTree(two));

        assertThat(reserved.on("ab")).isEqualTo(60_000_000);
    }
}
