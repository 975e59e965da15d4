package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.dryruns.ForecastLink;
import io.vlink.events.dryruns.ForecastRoute;
import io.vlink.events.paths.Outcome;
import io.vlink.events.reasons.Violation;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dry runs with {@code ?dryRun=true}. The test replaces path-service and writes its records. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class DryRunIT {

    private static final String NETWORKS = "/v1/namespaces/dry/networks/";
    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @SuppressWarnings("NullAway.Init") // set before each test
    private KafkaUser suite;

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
        suite = new KafkaUser(kafka, Topic.INQUIRIES);
    }

    @AfterEach
    void disconnect() {
        suite.close();
    }

    @Test
    void answersWithPathServicesResultAndRecordsNothing() {
        // When
        CompletableFuture<Rest.Reply> reply = rest.putLater(NETWORKS + "n?dryRun=true", BODY);
        var request =
                suite.await(Topic.INQUIRIES, record -> text(record.value()).contains("AboutNetwork"));

        // Then
        assertThat(request.key()).isEqualTo("default/dry/n");
        assertThat(request.partition()).isEqualTo(KafkaUser.partition("default"));

        // When
        answer(text(request.value()).replaceAll(".*\"requestId\":\"([^\"]*)\".*", "$1"));

        // Then
        Rest.Reply answer = reply.join();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("outcome").asText()).isEqualTo("refused");
        assertThat(answer.violations()).containsExactly("$.path BandwidthExceeded");
        assertThat(answer.json().at("/forward/links/0/freeLabels").asLong()).isEqualTo(4094);
        assertThat(answer.json().path("network").asText()).isEqualTo("n");
        assertThat(rest.get(NETWORKS + "n").status()).isEqualTo(404);
    }

    private void answer(String requestId) {
        NetworkId id = new NetworkId("default", "dry", "n");
        ForecastLink link = new ForecastLink("l-ab", 5, 1_000, 10, 4094);
        suite.publish(
                Topic.FORECASTS,
                "default",
                id.toString(),
                new DryRunResult(
                        requestId,
                        id,
                        Outcome.REFUSED,
                        List.of(new Violation("$.path", "BandwidthExceeded", "It is full.")),
                        new ForecastRoute(null, List.of("a", "b"), List.of(link), 20L, 5, 65_535L),
                        null,
                        List.of()));
    }

    @Test
    void answers504WhenPathServiceDoesNotAnswer() {
        Rest.Reply reply = rest.put(NETWORKS + "n/attachments/x?dryRun=true", "{'node':'a','port':'p'}");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:vlink:problem:timeout");
        assertThat(reply.json().path("detail").asText())
                .contains("path-service")
                .contains("Nothing was recorded");
        assertThat(rest.get(NETWORKS + "n/attachments/x").status()).isEqualTo(404);
    }

    @Test
    void refusesInvalidDeclarationsAtOnce() {
        // Given
        assertThat(rest.put(NETWORKS + "there", BODY).status()).isEqualTo(202);

        // Then
        assertThat(rest.put(NETWORKS + "n?dryRun=true", "{}").status()).isEqualTo(422);
        assertThat(rest.put(NETWORKS + "n?dryRun=maybe", BODY).status()).isEqualTo(400);
        assertThat(rest.put(NETWORKS + "there?dryRun=true", BODY, "If-Match", "\"999\"")
                        .status())
                .isEqualTo(412);
        assertThat(rest.post(
                                "/v1/namespaces/dry/networks?dryRun=true",
                                "{'name':'there','path':{'fromEndpoint':'a','toEndpoint':'b'}}")
                        .status())
                .isEqualTo(409);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
