package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.NetworkId;
import io.vlink.events.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.operator.wish.Asked;
import io.vlink.operator.wish.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FarewellTest {

    private static final NetworkId ID = new NetworkId("o", "ns", "n");
    private static final Wish WISH = Wish.withdraw(Wish.Verb.WithdrawNetwork, ID.toString());
    private static final Instant DELETED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void goesAtOnceIfItOwnsNothing() {
        assertThat(Farewell.of(null, false, 0, false, null, DELETED, DEADLINE, DEADLINE, DELETED))
                .isEqualTo(new Farewell.Gone(false));
    }

    @Test
    void requestsTheWithdrawalFirst() {
        assertThat(on(0, true, null, 0)).isEqualTo(new Farewell.Waiting(WISH));
        assertThat(on(0, true, asked(null), 1)).isEqualTo(new Farewell.Waiting(null));
    }

    @Test
    void goesWhenTheRecordIsGoneButNotBeforeItWasSeen() {
        Asked heard = asked(new Answer.Recorded("r", ID.toString(), null, 9, true, false));

        assertThat(on(8, false, heard, 1)).isEqualTo(new Farewell.Waiting(null));
        assertThat(on(9, true, heard, 1)).isEqualTo(new Farewell.Waiting(null));
        assertThat(on(9, false, heard, 1)).isEqualTo(new Farewell.Gone(false));
    }

    @Test
    void goesIfNothingIsRecorded() {
        assertThat(on(0, false, asked(refused("Unknown")), 1)).isEqualTo(new Farewell.Gone(false));
    }

    @Test
    void theDeadlineAppliesOnlyOnceTheWithdrawalIsRecorded() {
        Asked heard = asked(new Answer.Recorded("r", ID.toString(), null, 9, true, false));

        assertThat(on(9, true, heard, 61)).isEqualTo(new Farewell.Gone(true));
        assertThat(on(9, true, null, 61)).isEqualTo(new Farewell.Waiting(WISH));
    }

    private static Farewell on(long highest, boolean recorded, @Nullable Asked asked, int seconds) {
        return Farewell.of(
                ID,
                true,
                highest,
                recorded,
                asked,
                DELETED,
                Duration.ofSeconds(5),
                DEADLINE,
                DELETED.plusSeconds(seconds));
    }

    private static Asked asked(@Nullable Answer answer) {
        return new Asked(WISH, "r", DELETED, answer);
    }

    private static Answer refused(String reason) {
        return new Answer.Refused("r", ID.toString(), null, List.of(new Violation("$.id", reason, "No.")));
    }
}
