package io.vlink.gateway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.rules.RuleState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredStatesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final GatheredStates states = new GatheredStates();
    private boolean writing = true;

    private static RuleState state(String network) {
        return new RuleState(
                new NetworkId("default", "ns", network),
                DatapathId.of("a"),
                1,
                new Revision(1, 1, 1),
                true,
                null,
                null,
                null,
                null);
    }

    private List<RuleState> take(Instant now) {
        return states.take(false, () -> writing, now);
    }

    @Test
    void returnsStatesAtOnceIfNoSwitchIsAboutToConfirm() {
        // Given
        writing = false;
        states.add(List.of(state("n")));
        // Then
        assertThat(take(NOW)).containsExactly(state("n"));
        assertThat(take(NOW)).as("once").isEmpty();
    }

    @Test
    void waitsForPendingConfirmationsAndReturnsAllInOrder() {
        // Given
        states.add(List.of(state("n")));
        assertThat(take(NOW)).isEmpty();
        // When
        writing = false;
        states.add(List.of(state("m")));
        // Then
        assertThat(take(NOW.plusMillis(1))).containsExactly(state("n"), state("m"));
        assertThat(states.earlier(null)).isNull();
    }

    @Test
    void waitsNoLongerThanTwoMillisecondsAfterTheFirst() {
        // Given
        states.add(List.of(state("n")));
        take(NOW);
        Instant due = NOW.plusMillis(2);
        assertThat(states.earlier(null)).isEqualTo(due);
        assertThat(states.earlier(NOW.plusMillis(1))).isEqualTo(NOW.plusMillis(1));
        assertThat(states.earlier(NOW.plusMillis(3))).isEqualTo(due);
        // When
        states.add(List.of(state("m")));
        assertThat(take(NOW.plusMillis(1))).isEmpty();
        // Then
        assertThat(take(due)).containsExactly(state("n"), state("m"));
        // When: the next state waits equally long
        states.add(List.of(state("o")));
        // Then
        assertThat(take(due)).isEmpty();
        assertThat(states.earlier(null)).isEqualTo(due.plusMillis(2));
    }

    @Test
    void doesNotWaitIfALaterRecordIsDue() {
        // Given
        states.add(List.of(state("n")));
        // Then
        assertThat(states.take(true, () -> writing, NOW)).containsExactly(state("n"));
        assertThat(states.earlier(NOW)).isEqualTo(NOW);
    }

    @Test
    void doesNotAskForPendingWritesWithoutStates() {
        assertThat(states.take(
                        true,
                        () -> {
                            throw new AssertionError("It was asked.");
                        },
                        NOW))
                .isEmpty();
    }
}
