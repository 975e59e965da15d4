package io.vlink.gateway.switches.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.events.switches.WarningReason;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchReportTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static final DatapathId ID = DatapathId.of("a");

    private final SwitchReport report = new SwitchReport(ID, "gw", new Mastership(ID, 5));
    private final SwitchEffects effects = new SwitchEffects();

    @Test
    void reportsWarningsAtOnceAndClearsThem() {
        // Given
        report.publish(Switch.State.CONNECTED, null, null, true, null, effects, NOW);
        // When
        report.warn(WarningReason.MIRRORS, List.of("two", "three"), effects);
        report.warn(WarningReason.FOREIGN_RULES, List.of("one"), effects);
        report.warn(WarningReason.FOREIGN_RULES, List.of("one"), effects);
        report.warn(WarningReason.MIRRORS, List.of(), effects);
        // Then
        assertThat(effects.switches().stream().map(Switch::allWarnings))
                .containsExactly(
                        List.of(),
                        List.of(
                                new SwitchWarning(WarningReason.MIRRORS, "two"),
                                new SwitchWarning(WarningReason.MIRRORS, "three")),
                        List.of(
                                new SwitchWarning(WarningReason.FOREIGN_RULES, "one"),
                                new SwitchWarning(WarningReason.MIRRORS, "two"),
                                new SwitchWarning(WarningReason.MIRRORS, "three")),
                        List.of(new SwitchWarning(WarningReason.FOREIGN_RULES, "one")));
        assertThat(effects.switches()).extracting(Switch::since).containsOnly(NOW);
    }

    @Test
    void keepsTheTimeOfAWarningAcrossGateways() {
        // Given
        report.publish(Switch.State.CONNECTED, null, null, true, null, effects, NOW);
        report.warnSince(WarningReason.MIRRORS, List.of("One copies.", "Two copies."), effects, NOW);
        // When
        report.warnSince(WarningReason.MIRRORS, List.of("Two copies.", "Three copies."), effects, NOW.plusSeconds(9));
        // Then
        SwitchWarning two =
                new SwitchWarning(WarningReason.MIRRORS.word(), "Two copies (since %s).".formatted(NOW), NOW);
        Instant later = NOW.plusSeconds(9);
        Switch told = effects.switches().getLast();
        assertThat(told.allWarnings())
                .containsExactly(
                        two,
                        new SwitchWarning(
                                WarningReason.MIRRORS.word(), "Three copies (since %s).".formatted(later), later));
        // When: another gateway takes over the switch and checks
        SwitchReport next = new SwitchReport(ID, "gw-2", new Mastership(ID, 6));
        next.loaded(told);
        next.publish(Switch.State.CONNECTED, null, null, true, null, effects, NOW.plusSeconds(20));
        next.warnSince(WarningReason.MIRRORS, List.of("Two copies."), effects, NOW.plusSeconds(21));
        // Then
        assertThat(effects.switches().getLast().allWarnings()).containsExactly(two);
        // When: the warning was cleared for a while
        next.warnSince(WarningReason.MIRRORS, List.of(), effects, NOW.plusSeconds(30));
        next.warnSince(WarningReason.MIRRORS, List.of("Two copies."), effects, NOW.plusSeconds(40));
        // Then
        assertThat(effects.switches().getLast().allWarnings())
                .extracting(SwitchWarning::since)
                .containsExactly(NOW.plusSeconds(40));
    }

    @Test
    void keepsWarningsInEveryState() {
        // Given
        report.warn(WarningReason.FOREIGN_RULES, List.of("one"), effects);
        assertThat(effects.switches()).as("nothing is known of the switch yet").isEmpty();
        // When
        report.publish(Switch.State.CONNECTED, null, null, true, null, effects, NOW);
        report.publish(Switch.State.DISCONNECTED, "gone", null, false, null, effects, NOW);
        // Then
        assertThat(effects.switches()).allSatisfy(state -> assertThat(state.allWarnings())
                .containsExactly(new SwitchWarning(WarningReason.FOREIGN_RULES, "one")));
    }
}
