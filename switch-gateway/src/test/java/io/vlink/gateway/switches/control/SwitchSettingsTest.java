package io.vlink.gateway.switches.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SwitchSettingsTest {

    private static final Duration EVERY = Duration.ofSeconds(5);

    @Test
    void spreadsTheFirstReadBackOfSwitches() {
        // Given
        SwitchSettings settings = new SwitchSettings("gateway", EVERY, EVERY, EVERY, EVERY);

        // When
        List<Duration> firsts = LongStream.range(10, 20)
                .mapToObj(number -> settings.firstPoll(new DatapathId(number)))
                .sorted()
                .toList();

        // Then
        assertThat(firsts).allMatch(first -> first.isPositive() && first.compareTo(EVERY) <= 0);
        for (int i = 1; i < firsts.size(); i++) {
            assertThat(firsts.get(i).minus(firsts.get(i - 1))).isGreaterThan(Duration.ofMillis(200));
        }
    }
}
