package io.vlink.operator.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Warning;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nodes and links in use that a resource removes or changes. */
final class OverlayPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String WORDS = "The link o/link-ab is in use: 3 networks cross it.";
    private static final List<Warning> IN_USE = List.of(new Warning("InUse", WORDS, 3, 0));

    private final Map<String, Long> recorded = new HashMap<>();
    private final Set<String> beingRemoved = new HashSet<>();
    private final Map<String, PendingRequest> asked = new HashMap<>();
    private final OverlayPlan.TopologyFacts known = new OverlayPlan.TopologyFacts() {
        @Override
        public @Nullable Long recorded(OperatorRequest about) {
            return recorded.get(about.id());
        }

        @Override
        public boolean beingRemoved(OperatorRequest about) {
            return beingRemoved.contains(about.id());
        }

        @Override
        public @Nullable PendingRequest asked(OperatorRequest about) {
            return asked.get(about.id());
        }
    };

    @Test
    void ownsAWithdrawnLinkUntilItIsGone() {
        // Given
        OperatorRequest withdraw = OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_LINK, "o/link-ab");
        answered(withdraw, new Answer.Recorded("r", "o/link-ab", null, 4, true, false, IN_USE));
        recorded.put("o/link-ab", 3L);

        // Then
        assertThat(withdrawing().ownedLinks())
                .as("the answer came before the record")
                .containsExactly("link-ab");

        // When
        recorded.clear();
        beingRemoved.add("o/link-ab");
        OverlayPlan plan = withdrawing();

        // Then
        assertThat(plan.ownedLinks()).containsExactly("link-ab");
        assertThat(plan.inUse()).containsExactly(WORDS);
        assertThat(plan.requests()).isEmpty();
        assertThat(plan.open()).isZero();

        // When
        beingRemoved.clear();

        // Then
        assertThat(withdrawing().isEmpty()).isTrue();
    }

    @Test
    void releasesALinkThatAnotherOwnerDeclaredMeanwhile() {
        OperatorRequest withdraw = OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_LINK, "o/link-ab");
        answered(withdraw, new Answer.Recorded("r", "o/link-ab", null, 4, true, false, IN_USE));
        recorded.put("o/link-ab", 5L);

        assertThat(withdrawing().isEmpty()).isTrue();
    }

    @Test
    void reportsForAWhileThatAnEditedLinkIsInUse() {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("kind", "plain");
        OperatorRequest declare = OperatorRequest.declare(OperatorRequest.Verb.DECLARE_LINK, "o/link-ab", null, spec);
        answered(declare, new Answer.Recorded("r", "o/link-ab", null, 4, true, false, IN_USE));
        recorded.put("o/link-ab", 4L);
        WantedTopology wanted = new WantedTopology(Map.of(), Map.of("link-ab", spec), List.of());

        assertThat(plan(wanted, NOW).inUse()).containsExactly(WORDS);
        assertThat(plan(wanted, NOW.plus(Duration.ofMinutes(11))).inUse()).isEmpty();
    }

    private void answered(OperatorRequest request, Answer answer) {
        asked.put(request.id(), new PendingRequest(request, "r", NOW, answer));
    }

    private OverlayPlan withdrawing() {
        return plan(WantedTopology.none(), NOW);
    }

    private OverlayPlan plan(WantedTopology wanted, Instant now) {
        return OverlayPlan.of("o", wanted, List.of(), List.of("link-ab"), known, PATIENCE, now);
    }
}
