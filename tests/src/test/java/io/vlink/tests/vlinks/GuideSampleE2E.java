package io.vlink.tests.vlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sample of the guide over each interface, with real frames over the stated nodes only. */
class GuideSampleE2E {

    private static final int PINGS = 20;

    @Test
    void joinsTheWorkloadsOfTheGuideOverRest() throws IOException {
        try (Playground play = new Playground()) {
            // Given
            play.owns("vlink-sample");
            Api.Response created =
                    play.api().post("/v1/namespaces/default/networks", "application/yaml", manifest(play));
            assertThat(created.status()).as("%s", created.body()).isBetween(200, 299);
            plugPingAndPong(play);

            // When
            play.attach("vlink-sample", "a", "ping");
            Api.Response attached = play.attach("vlink-sample", "e", "pong");

            // Then
            assertThat(attached.status()).as("%s", attached.body()).isBetween(200, 299);
            play.awaitPhase("vlink-sample", "Ready");
            assertThatPingTakesTheDeclaredWay(play);
            assertThatThePathIsShownHopByHop(play);
        }
    }

    @Test
    void joinsTheWorkloadsOfTheGuideOverKafka() throws Exception {
        try (Playground play = new Playground()) {
            // Given: a plain producer, no headers, no key, any partition
            play.owns("vlink-sample");
            plugPingAndPong(play);

            // When
            produce(play, 5, null, manifest(play));
            produce(play, 2, null, attachment("ping", "node-a"));
            produce(play, 7, "whatever", attachment("pong", "node-e"));

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(play.get("vlink-sample").phase()).isEqualTo("Ready"));
            assertThatPingTakesTheDeclaredWay(play);
            assertThat(answers(play)).anySatisfy(answer -> {
                assertThat(answer.path("requestId").asText()).isEqualTo("attach-pong");
                assertThat(answer.path("type").asText()).isEqualTo("Recorded");
            });
            play.api().delete(Api.network("default", "vlink-sample") + "/attachments/ping");
            play.api().delete(Api.network("default", "vlink-sample") + "/attachments/pong");
        }
    }

    @Test
    void movesUnreadableRecordsToTheDeadLettersAndServesTheNext() throws Exception {
        try (Playground play = new Playground()) {
            // When
            play.owns("after-garbage");
            produce(play, 0, "k", "this is no request");
            produce(play, 0, "k", """
                    {"type": "DeclareNetwork", "requestId": "bad", "name": "bad-network",
                     "spec": {"type": "vlink", "path": {"fromEndpoint": "node-a", "toEndpoint": "node-e", "hops": 3}}}""");
            produce(play, 0, "k", """
                    {"type": "DeclareNetwork", "requestId": "good", "name": "after-garbage",
                     "spec": {"type": "vlink", "path": {"fromEndpoint": "node-a", "toEndpoint": "node-e"}}}""");

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(play.get("after-garbage").status()).isEqualTo(200));
            assertThat(answers(play)).anySatisfy(answer -> {
                assertThat(answer.path("requestId").asText()).isEqualTo("bad");
                assertThat(answer.path("type").asText()).isEqualTo("Refused");
                assertThat(answer.path("violations").toString()).contains("hops");
            });
            assertThat(values(play, "vlink.dead-letters"))
                    .anySatisfy(
                            letter -> assertThat(letter.path("value").asText()).isEqualTo("this is no request"));
            assertThat(play.get("bad-network").status()).isEqualTo(404);
        }
    }

    private static void plugPingAndPong(Playground play) {
        play.plug("a", "ping", "192.168.1.2/24");
        play.plug("e", "pong", "192.168.1.3/24");
    }

    private static void assertThatPingTakesTheDeclaredWay(Playground play) {
        Lab lab = play.lab();
        play.awaitAnswer("ping", "192.168.1.3");

        assertThat(lab.ping("ping", "192.168.1.3", PINGS, 0.02)).isEqualTo(PINGS);
        assertThat(lab.ping("pong", "192.168.1.2", PINGS, 0.02)).isEqualTo(PINGS);

        for (String[] crossed : new String[][] {
            {"a", "ping"},
            {"c", "to-a"},
            {"d", "to-c"},
            {"e", "to-d"},
            {"e", "pong"},
            {"d", "to-e"},
            {"b", "to-d"},
            {"a", "to-b"}
        }) {
            assertThat(lab.packetsFrom(crossed[0], crossed[1]))
                    .as("packets from %s at switch %s", crossed[1], crossed[0])
                    .isGreaterThanOrEqualTo(2 * PINGS);
        }
        assertThat(lab.packetsFrom("b", "to-a")).as("forward packets at node-b").isZero();
        assertThat(lab.packetsFrom("c", "to-d")).as("reverse packets at node-c").isZero();
        assertThat(lab.flows("b")).hasSize(1);
        assertThat(lab.flows("c")).hasSize(1);
    }

    private static void assertThatThePathIsShownHopByHop(Playground play) {
        await("counters as last read").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode path = play.api()
                    .get(Api.network("default", "vlink-sample") + "/path")
                    .body();
            assertThat(nodes(path.path("forward"))).containsExactly("node-a", "node-c", "node-d", "node-e");
            assertThat(nodes(path.path("reverse"))).containsExactly("node-e", "node-d", "node-b", "node-a");
            for (String direction : List.of("forward", "reverse")) {
                for (JsonNode hop : path.path(direction).path("hops")) {
                    assertThat(hop.path("datapathId").asText()).matches("[0-9a-f]{16}");
                    assertThat(hop.path("inPort").asLong()).isPositive();
                    assertThat(hop.path("outPort").asLong()).isPositive();
                    assertThat(hop.path("packets").asLong()).isGreaterThanOrEqualTo(2 * PINGS);
                    assertThat(hop.path("bytes").asLong()).isGreaterThanOrEqualTo(2 * PINGS * 98);
                }
            }
        });
    }

    private static List<String> nodes(JsonNode direction) {
        List<String> nodes = new ArrayList<>();
        direction.path("hops").forEach(hop -> nodes.add(hop.path("node").asText()));
        return nodes;
    }

    private static String manifest(Playground play) throws IOException {
        return Files.readString(play.suite().root().resolve("samples/vlink-sample.yaml"));
    }

    private static String attachment(String workload, String node) {
        return """
               {"type": "DeclareAttachment", "requestId": "attach-%s", "id": "default/default/vlink-sample/%s",
                "spec": {"node": "%s", "port": "%s"}}""".formatted(workload, workload, node, workload);
    }

    private static void produce(Playground play, int partition, @Nullable String key, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", play.suite().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            int partitions = producer.partitionsFor("vlink.requests").size();
            producer.send(new ProducerRecord<>("vlink.requests", partition % partitions, key, value))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static List<JsonNode> answers(Playground play) throws IOException {
        return values(play, "vlink.answers");
    }

    private static List<JsonNode> values(Playground play, String topic) throws IOException {
        List<JsonNode> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", play.suite().bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(tp -> consumer.position(tp) < ends.getOrDefault(tp, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(new ObjectMapper().readTree(record.value()));
                }
            }
        }
        return values;
    }
}
