package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Violation;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting with {@code Prefer: wait}. The test replaces path-service and flow-service and writes their records. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class WaitingIT {

    private static final String NETWORKS = "/v1/namespaces/waiting/networks/";
    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);
    private long evidence;

    @SuppressWarnings("NullAway.Init") // set before each test
    private KafkaUser suite;

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
        suite = new KafkaUser(kafka, Topic.NETWORKS, Topic.ATTACHMENTS);
    }

    @AfterEach
    void disconnect() {
        suite.close();
    }

    @Test
    void waitsForTheSwitchOfANode() {
        // Given
        DatapathId id = DatapathId.of("000000000000ee01");

        // When
        var late = rest.put("/v1/overlays/waiting/nodes/late", "{'datapathId':'000000000000ee02'}", "Prefer", "wait=1");
        var node =
                rest.putLater("/v1/overlays/waiting/nodes/n", "{'datapathId':'000000000000ee01'}", "Prefer", "wait=20");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rest.get("/v1/overlays/waiting/nodes/n").status() == 200);

        // Then
        assertThat(node).isNotDone();

        // When
        suite.publish(
                Topic.SWITCHES,
                "waiting",
                id.toString(),
                new Switch(id, 1, Switch.State.CONNECTED, null, "g", null, null, null, false, NOW));

        // Then
        assertThat(node.join().status()).isEqualTo(201);
        assertThat(node.join().json().at("/status/state").asText()).isEqualTo("connected");
        assertThat(late.status()).isEqualTo(202);
        assertThat(late.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(rest.delete("/v1/overlays/waiting/nodes/n", "Prefer", "wait=20")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void waitsForALinkToBeUpAndForItsRemoval() {
        // Given
        ResourceId id = new ResourceId("waiting", "l");
        String path = "/v1/overlays/waiting/links/l";

        // When
        var link = rest.putLater(
                path,
                "{'from':{'node':'a','port':'p'},'to':{'node':'b','port':'p'},'capacityBits':'1G','latencyNanos':0}",
                "Prefer",
                "wait=20");
        await().atMost(Duration.ofSeconds(60)).until(() -> rest.get(path).status() == 200);

        // Then
        assertThat(link).isNotDone();

        // When
        suite.publish(Topic.LINK_STATES, "waiting", id.toString(), new LinkState(id, 1, true, null, null, NOW, null));

        // Then
        assertThat(link.join().status()).isEqualTo(201);

        // When
        var withdrawn = rest.delete(path, "Prefer", "wait=1");

        // Then
        assertThat(withdrawn.status()).isEqualTo(202);
        assertThat(withdrawn.json().at("/spec/from/node").asText()).isEqualTo("a");

        // When
        RecordMetadata unused = suite.produce(Topic.LINK_STATES, KafkaUser.partition("waiting"), id.toString(), null);

        // Then
        assertThat(rest.delete(path, "Prefer", "wait=5").status()).isEqualTo(204);
    }

    @Test
    void answersWhenTheNetworkIsReady() {
        // When
        var reply = rest.putLater(NETWORKS + "ready", BODY, "Prefer", "wait=20");
        long generation = recorded("ready");
        status("ready", generation, Phase.WAITING, List.of());
        status("ready", generation, Phase.READY, List.of());

        // Then
        assertThat(reply.join().status()).isEqualTo(201);
        assertThat(reply.join().header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(reply.join().json().at("/status/phase").asText()).isEqualTo("Ready");
        assertThat(reply.join().json().at("/status/observedGeneration").asLong())
                .isEqualTo(generation);
    }

    @Test
    void doesNotAcceptAnOlderStatus() {
        rest.put(NETWORKS + "older", BODY);
        long first = recorded("older");
        status("older", first, Phase.READY, List.of());
        await().untilAsserted(() -> assertThat(phase("older")).isEqualTo("Ready"));

        var reply = rest.put(NETWORKS + "older", BODY.replace("'b'", "'c'"), "Prefer", "wait=1");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Preference-Applied")).isEqualTo("wait=1");
    }

    @Test
    void answersWithTheReasonWhenTheNetworkIsRefused() {
        // When
        var reply = rest.putLater(NETWORKS + "refused", BODY, "Prefer", "wait=20");
        long generation = recorded("refused");
        Violation violation = new Violation("$.path.links[1]", "LinkUnknown", "There is no link link-xy.");
        status("refused", generation, Phase.REFUSED, List.of());
        decision("refused", generation, Outcome.REFUSED, List.of(violation));

        // Then
        assertThat(reply.join().status()).isEqualTo(202);
        assertThat(reply.join().json().at("/status/phase").asText()).isEqualTo("Refused");
        assertThat(reply.join().json().at("/status/violations/0/message").asText())
                .isEqualTo("There is no link link-xy.");
    }

    @Test
    void answersWhenTheTimeIsUp() {
        var reply = rest.put(NETWORKS + "late", BODY, "Prefer", "respond-async, wait=1");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(reply.json().at("/status/phase").asText()).isEqualTo("Pending");
    }

    @Test
    void ignoresAnInvalidPreference() {
        for (String prefer : List.of("wait=0", "wait=soon", "wait=-1", "handling=strict", "wait")) {
            var reply = rest.put(NETWORKS + "ignored", BODY, "Prefer", prefer);

            assertThat(reply.status()).isBetween(200, 202);
            assertThat(reply.header("Preference-Applied")).isEmpty();
        }
    }

    @Test
    void answersADeleteWhenNothingIsLeft() {
        // Given
        rest.put(NETWORKS + "gone", BODY);
        long generation = recorded("gone");

        // When
        var withdrawn = rest.delete(NETWORKS + "gone", "Prefer", "wait=1");

        // Then
        assertThat(withdrawn.status()).isEqualTo(202);
        assertThat(withdrawn.header("Preference-Applied")).isEqualTo("wait=1");

        // When
        decision("gone", generation + 1, Outcome.WITHDRAWN, List.of());

        // Then
        assertThat(rest.delete(NETWORKS + "gone", "Prefer", "wait=20").status()).isEqualTo(204);
        assertThat(rest.get(NETWORKS + "gone").status()).isEqualTo(404);

        // When
        var again = rest.put(NETWORKS + "gone", BODY);

        // Then
        assertThat(again.json().path("generation").asLong()).isGreaterThan(generation + 1);
    }

    @Test
    void showsNoStatusOfARemovedNetworkOfTheSameName() {
        rest.put(NETWORKS + "lives", BODY);
        long generation = recorded("lives");
        rest.delete(NETWORKS + "lives");
        status("lives", generation + 1, Phase.REMOVED, List.of());
        await().untilAsserted(() -> assertThat(phase("lives")).isEqualTo("Removed"));

        rest.put(NETWORKS + "lives", BODY);

        assertThat(phase("lives")).isEqualTo("Pending");
    }

    @Test
    void attachesBeforeTheNetworkAndWaitsForBoth() {
        // Given
        String attachment = NETWORKS + "joined/attachments/ping";

        // When
        var attached = rest.put(attachment, "{'node':'a','port':'veth0'}");

        // Then
        assertThat(attached.status()).isEqualTo(202);
        assertThat(attached.header("Location"))
                .isEqualTo("/v1/overlays/default/namespaces/waiting/networks/joined/attachments/ping");

        // When
        rest.put(NETWORKS + "joined", BODY);
        long generation = recorded("joined");
        var waiting = rest.putLater(attachment, "{'node':'a','port':'veth1'}", "Prefer", "wait=20");
        String id = id("joined") + "/ping";
        suite.await(
                Topic.ATTACHMENTS, r -> id.equals(r.key()) && text(r.value()).contains("veth1"));
        status("joined", generation, Phase.READY, List.of(new AttachmentState("ping", "a", true, null, null)));

        // Then
        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(waiting.join().json().at("/status/holds").asBoolean()).isTrue();
        assertThat(waiting.join().json().at("/spec/port").asText()).isEqualTo("veth1");

        // When
        var withdrawn = rest.delete(attachment);

        // Then
        assertThat(withdrawn.status()).isEqualTo(202);
        assertThat(withdrawn.json().at("/spec/port").asText())
                .as("shown while it is being removed")
                .isEqualTo("veth1");
        assertThat(rest.get(attachment).status()).isEqualTo(404);
        assertThat(rest.delete(attachment).status()).isEqualTo(204);
    }

    @Test
    void showsAnAttachmentThatIsRefused() {
        // Given
        rest.put(NETWORKS + "taken", BODY);
        long generation = recorded("taken");

        // When
        var waiting = rest.putLater(
                NETWORKS + "taken/attachments/second", "{'node':'a','port':'veth0'}", "Prefer", "wait=20");
        suite.await(Topic.ATTACHMENTS, r -> (id("taken") + "/second").equals(r.key()));
        status(
                "taken",
                generation,
                Phase.READY,
                List.of(new AttachmentState("second", "a", false, "EndTaken", "The end is held by first.")));

        // Then
        assertThat(waiting.join().status()).isEqualTo(202);
        assertThat(waiting.join().json().at("/status/reason").asText()).isEqualTo("EndTaken");
    }

    private String phase(String name) {
        return rest.get(NETWORKS + name).json().at("/status/phase").asText();
    }

    /** Returns the generation recorded in Kafka. */
    private long recorded(String name) {
        String id = id(name).toString();
        suite.await(Topic.NETWORKS, r -> id.equals(r.key()));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(rest.get(NETWORKS + name).status()).isEqualTo(200));
        return rest.get(NETWORKS + name).json().path("generation").asLong();
    }

    private void status(String name, long generation, Phase phase, List<AttachmentState> attachments) {
        suite.publish(
                Topic.STATUSES,
                "default",
                id(name).toString(),
                new NetworkStatus(
                        id(name),
                        new Revision(generation, 1, 2),
                        evidence++,
                        phase,
                        List.of(),
                        List.of(),
                        List.of(),
                        attachments,
                        List.of()));
    }

    private void decision(String name, long generation, Outcome outcome, List<Violation> violations) {
        suite.publish(
                Topic.PATHS,
                "default",
                id(name).toString(),
                new PathDecision(
                        id(name),
                        new Revision(generation, 1, 0),
                        outcome,
                        violations,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        Instant.now()));
    }

    private static NetworkId id(String name) {
        return new NetworkId("default", "waiting", name);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
