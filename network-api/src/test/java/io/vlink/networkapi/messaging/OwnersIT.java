package io.vlink.networkapi.messaging;

import static io.vlink.networkapi.Await.OVERLAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Several instances: each overlay has one recorder, regardless of the instance called, and a late recorder changes
 * nothing.
 */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class OwnersIT {

    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";
    private static final String OTHER = "{'path':{'fromEndpoint':'a','toEndpoint':'c'}}";
    private static final String LATE = "{'path':{'fromEndpoint':'a','toEndpoint':'late'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Test
    void recordsAtAnyInstance() {
        // Given
        Rest here = Await.serving(base);
        try (ApiProcess other = ApiProcess.start(kafka)) {
            Rest there = Await.serving(other.base());
            for (String overlay : OVERLAYS) {
                // When
                var created = eventually(here, path(overlay, "shared"), BODY, "If-None-Match", "*");

                // Then
                assertThat(created.status()).isEqualTo(202);
                String tag = created.header("ETag");
                assertThat(here.get(path(overlay, "shared")).header("ETag")).isEqualTo(tag);

                await().untilAsserted(() -> assertThat(
                                there.get(path(overlay, "shared")).header("ETag"))
                        .isEqualTo(tag));

                // When
                var changed = there.put(path(overlay, "shared"), OTHER, "If-Match", tag);

                // Then
                assertThat(changed.status()).isEqualTo(202);
                assertThat(there.get(path(overlay, "shared")).header("ETag")).isEqualTo(changed.header("ETag"));
                assertThat(here.put(path(overlay, "shared"), LATE, "If-Match", tag)
                                .status())
                        .isEqualTo(412);
                assertThat(there.post(
                                        "/v1/overlays/%s/namespaces/owners/networks".formatted(overlay),
                                        "{'name':'shared','path':{'fromEndpoint':'a','toEndpoint':'b'}}")
                                .status())
                        .isEqualTo(409);
            }
        }
    }

    /** Holds regardless of the owners of both overlays and of the instances called. */
    @Test
    void givesASwitchToOneOverlayOnly() {
        // Given
        Rest here = Await.serving(base);
        try (ApiProcess other = ApiProcess.start(kafka)) {
            Rest there = Await.serving(other.base());
            for (int i = 0; i < OVERLAYS.size(); i++) {
                String node = "/v1/overlays/%s/nodes/node-a";
                String one = node.formatted(OVERLAYS.get(i));
                String two = node.formatted(OVERLAYS.get((i + 1) % OVERLAYS.size()));
                String body = "{'datapathId':'%x'}".formatted(0xc0de00 + i);
                var unowned = eventually(here, one, "{'datapathId':'%x'}".formatted(0xdead00 + i));
                assertThat(unowned.status()).isIn(200, 201);
                assertThat(here.delete(one).status()).isEqualTo(204);

                // When
                CompletableFuture<Rest.Reply> first = here.putLater(one, body);
                CompletableFuture<Rest.Reply> second = there.putLater(two, body);

                // Then
                List<Rest.Reply> replies = List.of(first.join(), second.join());
                assertThat(replies.stream().map(Rest.Reply::status))
                        .as(replies.get(0).text() + replies.get(1).text())
                        .containsExactlyInAnyOrder(201, 409);
                Rest.Reply refused = replies.stream()
                        .filter(reply -> reply.status() == 409)
                        .findFirst()
                        .orElseThrow();
                assertThat(refused.violations()).containsExactly("$.spec.datapathId Conflict");
                assertThat(refused.text()).contains("another overlay");
                for (String overlay : OVERLAYS) {
                    assertThat(refused.json().path("detail").asText()).doesNotContain(overlay);
                }
                String winner = replies.get(0).status() == 201 ? one : two;
                String loser = winner.equals(one) ? two : one;
                assertThat(here.delete(winner).status()).isEqualTo(204);
                await().until(() -> there.put(loser, body).status() == 201);
                assertThat(there.delete(loser).status()).isEqualTo(204);
            }
        }
    }

    @Test
    void aPausedOwnerCannotWriteLate() {
        // Given
        Rest here = Await.serving(base);
        try (ApiProcess other = ApiProcess.start(kafka)) {
            Rest there = Await.serving(other.base());
            Map<String, String> tags = new HashMap<>();
            for (String overlay : OVERLAYS) {
                tags.put(
                        overlay, eventually(here, path(overlay, "paused"), BODY).header("ETag"));
            }
            other.pause();

            // When
            List<CompletableFuture<Rest.Reply>> late = OVERLAYS.stream()
                    .map(overlay ->
                            there.putLater(path(overlay, "paused"), LATE, "If-Match", tags.getOrDefault(overlay, "")))
                    .toList();
            Map<String, String> changed = new HashMap<>();
            for (String overlay : OVERLAYS) {
                changed.put(
                        overlay,
                        eventually(here, path(overlay, "paused"), OTHER).header("ETag"));
            }
            other.goOn();

            // Then
            assertThat(late)
                    .allSatisfy(reply -> assertThat(reply.join().status()).isIn(412, 503));
            for (String overlay : OVERLAYS) {
                for (Rest rest : List.of(here, there)) {
                    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                        var shown = rest.get(path(overlay, "paused"));
                        assertThat(shown.header("ETag")).isEqualTo(changed.get(overlay));
                        assertThat(shown.json().at("/spec/path/toEndpoint").asText())
                                .isEqualTo("c");
                    });
                }
            }
        }
    }

    /** Repeats a write that is answered with 503 because partitions change owners. */
    private static Rest.Reply eventually(Rest rest, String path, String body, String... headers) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> rest.put(path, body, headers), reply -> reply.status() != 503);
    }

    private static String path(String overlay, String name) {
        return "/v1/overlays/%s/namespaces/owners/networks/%s".formatted(overlay, name);
    }
}
