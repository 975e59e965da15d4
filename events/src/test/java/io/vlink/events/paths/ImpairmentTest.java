package io.vlink.events.paths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.paths.Impairment.Effect;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An impairment contains its effect; in an old record without one, its reason implies it. */
class ImpairmentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "LinkDown, CUT",
        "WireDown, CUT",
        "LatencyExceeded, SLOW",
        "TopologyChanged, NOTE",
        "LinkMaintenance, NOTE",
        "NodeMaintenance, NOTE",
        "NeverHeardOf, NOTE"
    })
    void takesTheEffectFromTheReasonIfTheRecordHasNone(String reason, Effect effect) throws JsonProcessingException {
        // When
        Impairment read = read("""
                {"field": "$.path", "reason": "%s", "message": "It is."}""".formatted(reason));

        // Then
        assertThat(read.effect()).isEqualTo(effect);
        assertThat(read.cuts()).isEqualTo(effect == Effect.CUT);
    }

    @Test
    void takesTheEffectFromTheRecord() throws JsonProcessingException {
        Impairment read = read("""
                {"field": "$.path", "reason": "LinkDown", "message": "It is.", "effect": "protectionLost"}""");

        assertThat(read.effect()).isEqualTo(Effect.PROTECTION_LOST);
        assertThat(read.cuts()).isFalse();
    }

    @Test
    void isEqualWithARecordedOrAnImpliedEffect() throws JsonProcessingException {
        assertThat(read("""
                {"field": "$.path.links[1]", "reason": "LinkDown", "message": "It is."}""")).isEqualTo(new Impairment("$.path.links[1]", ImpairmentReason.LINK_DOWN, "It is."));
    }

    @Test
    void namesTheObstacleBesideTheChange() {
        Impairment changed = new Impairment("$.path", ImpairmentReason.TOPOLOGY_CHANGED, "It lies elsewhere.");
        Violation obstacle = new Violation("$.path", RefusalReason.BANDWIDTH_EXCEEDED, "It is full.");

        assertThat(changed.behind(obstacle).message())
                .isEqualTo("It lies elsewhere. Traffic stays where it was, since the path cannot follow: It is full.");
        assertThat(changed.behind(obstacle).obstacle()).isEqualTo(obstacle);
        assertThat(changed.behind(null)).isEqualTo(changed);
    }

    private static Impairment read(String json) throws JsonProcessingException {
        return JSON.readValue(json, Impairment.class);
    }
}
