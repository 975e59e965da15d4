package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two callers change the same thing: neither gets the other's version in an answer, so no change is lost unseen. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class RivalsIT {

    private static final String NODE = "/v1/overlays/rivals/nodes/n";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @Test
    void anAnswerThatWaitedShowsTheWritersOwnVersion() {
        // Given
        DatapathId id = DatapathId.of("000000000000ee77");
        CompletableFuture<Rest.Reply> own =
                rest.putLater(NODE, "{'datapathId':'000000000000ee77'}", "Prefer", "wait=25");
        await().until(() -> rest.get(NODE).status() == 200);
        String tag = rest.get(NODE).header("ETag");

        // When
        var rival = rest.put(NODE, "{'datapathId':'000000000000ee77','maintenance':true}");
        try (KafkaUser gateway = new KafkaUser(kafka)) {
            gateway.publish(
                    Topic.SWITCHES,
                    id.toString(),
                    id.toString(),
                    new Switch(id, 1, Switch.State.CONNECTED, null, "g", null, null, null, false, Instant.EPOCH));
        }

        // Then
        var answer = own.join();
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().at("/spec/maintenance").asBoolean()).isFalse();
        assertThat(answer.header("ETag")).isEqualTo(tag).isNotEqualTo(rival.header("ETag"));
        assertThat(answer.json().path("generation").asText()).isEqualTo(tag.replace("\"", ""));
        assertThat(answer.json().at("/status/state").asText())
                .as("the status is the current one")
                .isEqualTo("connected");

        // When
        var next = rest.put(NODE, "{'datapathId':'000000000000ee77'}", "If-Match", answer.header("ETag"));

        // Then
        assertThat(next.status()).as("the rival's change is not destroyed").isEqualTo(412);
        assertThat(rest.get(NODE).json().at("/spec/maintenance").asBoolean()).isTrue();
    }

    @Test
    void eachOfTwoRivalsGetsItsOwnVersion() {
        String path = "/v1/namespaces/rivals/networks/shared";
        for (int round = 0; round < 60; round++) {
            // When
            List<String> ends = List.of("b-" + round, "c-" + round);
            List<CompletableFuture<Rest.Reply>> replies = ends.stream()
                    .map(end -> rest.putLater(path, "{'path':{'fromEndpoint':'a','toEndpoint':'%s'}}".formatted(end)))
                    .toList();

            // Then
            for (int i = 0; i < ends.size(); i++) {
                var reply = replies.get(i).join();
                assertThat(reply.json().at("/spec/path/toEndpoint").asText()).isEqualTo(ends.get(i));
                assertThat(reply.header("ETag"))
                        .isEqualTo("\"%s\""
                                .formatted(reply.json().path("generation").asText()));
            }
            assertThat(Stream.of(0, 1).map(i -> replies.get(i).join().header("ETag")))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anAnswerShowsWhatWasDeclaredEvenIfARivalRemovesItAtOnce() {
        String path = "/v1/namespaces/rivals/networks/none/attachments/a";
        for (int round = 0; round < 30; round++) {
            // When
            var declared = rest.putLater(path, "{'node':'a','port':'p-%d'}".formatted(round));
            var removed = rest.sendLater("DELETE", path);

            // Then
            assertThat(declared.join().status()).as(declared.join().text()).isIn(200, 202);
            assertThat(declared.join().json().at("/spec/port").asText()).isEqualTo("p-" + round);
            assertThat(removed.join().status()).as(removed.join().text()).isIn(202, 204);
        }
    }
}
