package io.vlink.operator.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vlink.operator.Kstatus;
import io.vlink.operator.ResourceConditions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The generation that an overlay's conditions describe, as kstatus and {@code kubectl wait} see it. */
final class OverlayConditionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Overlay overlay = new Overlay();

    @Test
    void isCurrentOnceAllIsRecordedAndUp() {
        round(1, plan(List.of(), 0), List.of());

        judged(Kstatus.CURRENT, true);
    }

    @Test
    void anEditIsNotReadyBeforeItIsRecordedEvenIfTheEarlierLinksAreUp() {
        // Given
        round(1, plan(List.of(), 0), List.of());

        // When
        round(2, plan(List.of(), 1), List.of());

        // Then
        judged(Kstatus.IN_PROGRESS, false);

        // When
        round(2, plan(List.of(), 0), List.of());

        // Then
        judged(Kstatus.CURRENT, true);
    }

    @Test
    void aRefusedEditIsStalledAndReadyDescribesTheEarlierGeneration() {
        // Given
        round(1, plan(List.of(), 0), List.of());
        round(2, plan(List.of(), 1), List.of());

        // When
        round(2, plan(List.of("link-ab: The port is taken."), 0), List.of());

        // Then
        judged(Kstatus.FAILED, false);
        assertThat(Objects.requireNonNull(Kstatus.find(status().conditions(), "Ready"))
                        .getObservedGeneration())
                .isEqualTo(1);

        // When: the edit is taken back
        round(3, plan(List.of(), 0), List.of());

        // Then
        judged(Kstatus.CURRENT, true);
    }

    @Test
    void neverAcceptedIsNeverReady() {
        round(1, plan(List.of("link-ab: The port is taken."), 0), List.of());

        judged(Kstatus.FAILED, false);
        assertThat(Objects.requireNonNull(Kstatus.find(status().conditions(), "Ready"))
                        .getStatus())
                .isEqualTo("Unknown");
    }

    @Test
    void whileKafkasDataIsInDoubtAnEditIsNotShownAsAccepted() {
        // Given
        round(1, plan(List.of(), 0), List.of());

        // When
        generation(2);
        show(ResourceConditions.doubted(status().conditions(), 2, "Kafka was emptied.", NOW));

        // Then
        judged(Kstatus.IN_PROGRESS, false);
        assertThat(Kstatus.endsWait(overlay, 2L, status().conditions(), "Accepted"))
                .isFalse();
    }

    private void round(long generation, OverlayPlan plan, List<String> away) {
        generation(generation);
        OverlayStatus before = overlay.getStatus();
        ResourceConditions conditions =
                new ResourceConditions(before == null ? null : before.conditions(), generation, NOW);
        OverlayConditions.say(conditions, plan, away, OverlayConditions.accepted(before));
        show(conditions);
    }

    private void generation(long generation) {
        overlay.setMetadata(new ObjectMetaBuilder().withGeneration(generation).build());
    }

    private void show(ResourceConditions conditions) {
        overlay.setStatus(new OverlayStatus(
                overlay.getMetadata().getGeneration(),
                "",
                0,
                0,
                conditions.all(),
                List.of(),
                List.of(),
                OverlayConditions.accepted(overlay.getStatus(), conditions.all())));
    }

    private void judged(Kstatus kstatus, boolean endsWait) {
        assertThat(Kstatus.of(overlay, status().observedGeneration(), status().conditions()))
                .as("%s", status().conditions())
                .isEqualTo(kstatus);
        assertThat(Kstatus.endsWait(overlay, status().observedGeneration(), status().conditions(), "Ready"))
                .isEqualTo(endsWait);
    }

    private OverlayStatus status() {
        return Objects.requireNonNull(overlay.getStatus());
    }

    private static OverlayPlan plan(List<String> refusals, int open) {
        return new OverlayPlan(List.of(), List.of(), List.of(), List.of(), refusals, List.of(), open);
    }
}
