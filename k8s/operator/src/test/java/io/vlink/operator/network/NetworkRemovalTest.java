package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.NetworkId;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NetworkRemovalTest {

    private static final NetworkId ID = new NetworkId("o", "ns", "n");
    private static final OperatorRequest REQUEST =
            OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NETWORK, ID.toString());
    private static final Instant DELETED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void goesAtOnceIfItOwnsNothing() {
        assertThat(NetworkRemoval.of(null, false, 0, false, null, DELETED, DEADLINE, DEADLINE, DELETED))
                .isEqualTo(new NetworkRemoval.Removed(false));
    }

    @Test
    void requestsTheWithdrawalFirst() {
        assertThat(on(0, true, null, 0)).isEqualTo(new NetworkRemoval.Waiting(REQUEST));
        assertThat(on(0, true, asked(null), 1)).isEqualTo(new NetworkRemoval.Waiting(null));
    }

    @Test
    void goesWhenTheRecordIsGoneButNotBeforeItWasSeen() {
        PendingRequest heard = asked(new Answer.Recorded("r", ID.toString(), null, 9, true, false));

        assertThat(on(8, false, heard, 1)).isEqualTo(new NetworkRemoval.Waiting(null));
        assertThat(on(9, true, heard, 1)).isEqualTo(new NetworkRemoval.Waiting(null));
        assertThat(on(9, false, heard, 1)).isEqualTo(new NetworkRemoval.Removed(false));
    }

    @Test
    void goesIfNothingIsRecorded() {
        assertThat(on(0, false, asked(refused("Unknown")), 1)).isEqualTo(new NetworkRemoval.Removed(false));
    }

    @Test
    void theDeadlineAppliesOnlyOnceTheWithdrawalIsRecorded() {
        PendingRequest heard = asked(new Answer.Recorded("r", ID.toString(), null, 9, true, false));

        assertThat(on(9, true, heard, 61)).isEqualTo(new NetworkRemoval.Removed(true));
        assertThat(on(9, true, null, 61)).isEqualTo(new NetworkRemoval.Waiting(REQUEST));
    }

    private static NetworkRemoval on(long highest, boolean recorded, @Nullable PendingRequest asked, int seconds) {
        return NetworkRemoval.of(
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

    private static PendingRequest asked(@Nullable Answer answer) {
        return new PendingRequest(REQUEST, "r", DELETED, answer);
    }

    private static Answer refused(String reason) {
        return new Answer.Refused("r", ID.toString(), null, List.of(new Violation("$.id", reason, "No.")));
    }
}
