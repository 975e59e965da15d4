package io.vlink.operator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.request.OnBehalf;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

final class RequestsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final OperatorRequest REQUEST =
            OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NETWORK, "o/ns/n");
    private static final OnBehalf OF = OnBehalf.network("ns", "n");

    private final Sent sent = new Sent();
    private final Requests requests = new Requests(
            sent,
            new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withMapping(OperatorConfig.class)
                    .build()
                    .getConfigMapping(OperatorConfig.class));

    @Test
    void sendsTheRequester() {
        requests.ask(REQUEST, OF, NOW);

        assertThat(sent.all).singleElement().satisfies(request -> assertThat(
                        request.path("requestedBy").asText())
                .isEqualTo("vlink-operator:L2Network/ns/n"));
    }

    @Test
    void asksAnOlderNetworkApiAgainWithoutTheRequester() {
        // Given
        requests.ask(REQUEST, OF, NOW);

        // When
        String told = requests.answered(refused(sent.id(0), "$.requestedBy", "UnknownField"));

        // Then
        assertThat(told).as("the refusal is not reported").isNull();
        assertThat(sent.all).hasSize(2);
        assertThat(sent.all.get(1).has("requestedBy")).isFalse();
        assertThat(sent.id(1)).isNotEqualTo(sent.id(0));
        assertThat(requests.last(REQUEST)).extracting(PendingRequest::answer).isNull();

        // And the answer to that request is reported
        Answer answer = new Answer.Recorded(sent.id(1), "o/ns/n", null, 3, true, false);
        assertThat(requests.answered(answer)).isEqualTo("o/ns/n");
        assertThat(requests.last(REQUEST)).extracting(PendingRequest::answer).isEqualTo(answer);
    }

    @Test
    void reportsAnyOtherRefusalAsTheAnswer() {
        requests.ask(REQUEST, OF, NOW);

        assertThat(requests.answered(refused(sent.id(0), "$.id", "Unknown"))).isEqualTo("o/ns/n");
        assertThat(sent.all).hasSize(1);
    }

    @Test
    void ignoresALateRefusalOfAnEarlierRequest() {
        requests.ask(REQUEST, OF, NOW);
        requests.ask(REQUEST, OF, NOW.plusSeconds(1));

        assertThat(requests.answered(refused(sent.id(0), "$.requestedBy", "UnknownField")))
                .isNull();
        assertThat(sent.all).hasSize(2);
    }

    private static Answer refused(String requestId, String field, String reason) {
        return new Answer.Refused(requestId, "o/ns/n", null, List.of(new Violation(field, reason, "No.")));
    }

    /** Collects messages instead of sending them to Kafka. */
    private static final class Sent implements Emitter<byte[]> {

        private final List<JsonNode> all = new ArrayList<>();

        String id(int index) {
            return all.get(index).path("requestId").asText();
        }

        @Override
        public CompletionStage<Void> send(byte[] payload) {
            try {
                all.add(new ObjectMapper().readTree(payload));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public <M extends Message<? extends byte[]>> void send(M message) {
            var unused = send(message.getPayload());
        }

        @Override
        public void complete() {}

        @Override
        public void error(Exception e) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean hasRequests() {
            return true;
        }
    }
}
