package io.vlink.gateway.switches;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchReportTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final SwitchReport report = new SwitchReport(DatapathId.of("a"), "gw");
    private final Effects effects = new Effects();

    @Test
    void tellsWarningsAtOnceAndTakesThemBack() {
        // Given
        report.publish(Switch.State.CONNECTED, null, 5, null, true, null, effects, NOW);
        // When
        report.warn("B", List.of("two", "three"), 5, effects);
        report.warn("A", List.of("one"), 5, effects);
        report.warn("A", List.of("one"), 5, effects);
        report.warn("B", List.of(), 5, effects);
        // Then
        assertThat(effects.switches().stream().map(Switch::allWarnings))
                .containsExactly(
                        List.of(),
                        List.of(new SwitchWarning("B", "two"), new SwitchWarning("B", "three")),
                        List.of(
                                new SwitchWarning("A", "one"),
                                new SwitchWarning("B", "two"),
                                new SwitchWarning("B", "three")),
                        List.of(new SwitchWarning("A", "one")));
        assertThat(effects.switches()).extracting(Switch::since).containsOnly(NOW);
    }

    @Test
    void keepsSinceWhenItWarnsAlsoWhereAnotherGatewaySaidSo() {
        // Given
        report.publish(Switch.State.CONNECTED, null, 5, null, true, null, effects, NOW);
        report.warnSince("Mirrors", List.of("One copies.", "Two copies."), NOW, 5, effects);
        // When
        report.warnSince("Mirrors", List.of("Two copies.", "Three copies."), NOW.plusSeconds(9), 5, effects);
        // Then
        SwitchWarning two = new SwitchWarning("Mirrors", "Two copies (since %s).".formatted(NOW), NOW);
        Instant later = NOW.plusSeconds(9);
        Switch told = effects.switches().getLast();
        assertThat(told.allWarnings())
                .containsExactly(two, new SwitchWarning("Mirrors", "Three copies (since %s).".formatted(later), later));
        // When: another gateway has the switch, and looks
        SwitchReport next = new SwitchReport(DatapathId.of("a"), "gw-2");
        next.loaded(told);
        next.publish(Switch.State.CONNECTED, null, 6, null, true, null, effects, NOW.plusSeconds(20));
        next.warnSince("Mirrors", List.of("Two copies."), NOW.plusSeconds(21), 6, effects);
        // Then
        assertThat(effects.switches().getLast().allWarnings()).containsExactly(two);
        // When: it was over for a while
        next.warnSince("Mirrors", List.of(), NOW.plusSeconds(30), 6, effects);
        next.warnSince("Mirrors", List.of("Two copies."), NOW.plusSeconds(40), 6, effects);
        // Then
        assertThat(effects.switches().getLast().allWarnings())
                .extracting(SwitchWarning::since)
                .containsExactly(NOW.plusSeconds(40));
    }

    @Test
    void keepsWarningsWhateverTheState() {
        // Given
        report.warn("A", List.of("one"), 5, effects);
        assertThat(effects.switches()).as("nothing is known of the switch yet").isEmpty();
        // When
        report.publish(Switch.State.CONNECTED, null, 5, null, true, null, effects, NOW);
        report.publish(Switch.State.DISCONNECTED, "gone", 5, null, false, null, effects, NOW);
        // Then
        assertThat(effects.switches())
                .allSatisfy(state -> assertThat(state.allWarnings()).containsExactly(new SwitchWarning("A", "one")));
    }
}
