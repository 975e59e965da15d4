package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.Topic;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.LocalKafka;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public intake, used by a plain Kafka client: no headers, any partition, a key or none. */
@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
final class RequestsIT {

    private static final String SPEC = "'spec':{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @SuppressWarnings("NullAway.Init") // before each test
    private KafkaUser user;

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
        user = new KafkaUser(kafka, Topic.ANSWERS, Topic.DEAD_LETTERS, Topic.NETWORKS, Topic.REQUESTS);
    }

    @AfterEach
    void disconnect() {
        user.close();
    }

    @Test
    void recordsTheGuidesManifestAndAnswers() throws IOException {
        byte[] manifest = Files.readString(Path.of("../samples/vlink-sample.yaml"))
                .replace("vlink-sample", "by-kafka")
                .getBytes(StandardCharsets.UTF_8);

        RecordMetadata stands = user.produce(Topic.REQUESTS, KafkaUser.partition("default"), null, manifest);

        var answer = user.await(Topic.ANSWERS, r -> "default/default/by-kafka".equals(r.key()));
        await().untilAsserted(() -> assertThat(
                        rest.get("/v1/namespaces/default/networks/by-kafka").status())
                .isEqualTo(200));
        String tag = rest.get("/v1/namespaces/default/networks/by-kafka").header("ETag");
        assertThat(text(answer))
                .isEqualTo(("{'type':'Recorded','subject':'default/default/by-kafka',"
                                + "'origin':{'topic':'vlink.requests','partition':%d,'offset':%d},"
                                + "'generation':%s,'changed':true,'created':true}")
                        .formatted(stands.partition(), stands.offset(), tag.replace("\"", ""))
                        .replace('\'', '"'));
    }

    @Test
    void passesARequestOnToItsPartitionExactlyOnce() {
        int wrong = (KafkaUser.partition("elsewhere") + 3) % 8;

        produce(wrong, null, "{'type':'DeclareNetwork','requestId':'lost','id':'elsewhere/ns/n'," + SPEC + "}");

        var answer = answer("lost");
        assertThat(answer.partition()).isEqualTo(KafkaUser.partition("elsewhere"));
        assertThat(text(answer)).contains("\"created\":true");
        produce(wrong, null, "{'type':'DeclareNetwork','requestId':'after','id':'elsewhere/ns/n'," + SPEC + "}");
        assertThat(text(answer("after"))).contains("\"changed\":false");
        assertThat(user.seen(Topic.ANSWERS).stream().filter(r -> text(r).contains("\"lost\"")))
                .hasSize(1);
        assertThat(user.seen(Topic.NETWORKS).stream().filter(r -> "elsewhere/ns/n".equals(r.key())))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "",
                "[1,2]",
                "null",
                "{'type':'MakeCoffee'}",
                "{'path':{}}",
                "{'kind':'Pod'}",
                "{'a':{'a':"
            })
    void putsWhatCannotBeReadAsideAndGoesOn(String value) {
        int partition = KafkaUser.partition("good");

        RecordMetadata stands = produce(partition, "some-key", value);
        produce(
                partition,
                null,
                "{'type':'WithdrawNetwork','requestId':'next-" + stands.offset() + "','id':'good/ns/n'}");

        var letter = letter(stands);
        assertThat(letter.key()).isEqualTo("some-key");
        assertThat(text(letter))
                .contains("\"topic\":\"vlink.requests\"", "\"reader\":\"network-api\"", "\"reason\":\"");
        assertThat(text(answer("next-" + stands.offset()))).contains("\"Refused\"", "\"Unknown\"");
    }

    @Test
    void putsNothingAndNoiseAside() {
        int partition = KafkaUser.partition("good");
        RecordMetadata nothing = user.produce(Topic.REQUESTS, partition, null, null);
        RecordMetadata noise = user.produce(Topic.REQUESTS, partition, null, new byte[] {0, -1, 7, '{'});
        RecordMetadata large = user.produce(
                Topic.REQUESTS,
                partition,
                null,
                "{\"a\":\"".concat("x".repeat(1_500_000)).getBytes(StandardCharsets.UTF_8));

        assertThat(text(letter(nothing))).contains("has no value").doesNotContain("\"value\"");
        assertThat(text(letter(noise))).contains("not UTF-8", "\"value\":\"base64:");
        assertThat(text(letter(large))).contains("at most 1048576");
    }

    @Test
    void neverSeesWhatKafkaRefuses() {
        Throwable refusal = user.refusal(Topic.REQUESTS, new byte[3 * 1024 * 1024]);

        assertThat(refusal).hasMessageContaining("larger than the max message size");
    }

    @Test
    void answersWithEveryViolation() {
        produce(
                KafkaUser.partition("o"),
                null,
                "{'type':'DeclareNetwork','requestId':'wrong','id':'o/ns/n','spec':{'path':{'fromEndpoint':'A'},'x':1}}");

        assertThat(text(answer("wrong")))
                .startsWith("{\"type\":\"Refused\",\"requestId\":\"wrong\",\"subject\":\"o/ns/n\",\"origin\":")
                .contains("$.spec.path.fromEndpoint", "$.spec.path.toEndpoint", "$.spec.x");
    }

    @Test
    void answersWhereNobodyCanTellWhatIsMeant() {
        RecordMetadata stands = produce(5, "their-key", "{'type':'WithdrawNetwork','requestId':'whose'}");

        var answer = answer("whose");
        assertThat(answer.key()).isEqualTo("their-key");
        assertThat(text(answer)).contains("\"offset\":" + stands.offset(), "$.name", "Missing");
    }

    @Test
    void holdsToGenerationsAndOrder() {
        int partition = KafkaUser.partition("kept");
        String id = "'id':'kept/ns/n'";
        produce(partition, null, "{'type':'DeclareNetwork','requestId':'k1','ifGeneration':0," + id + "," + SPEC + "}");
        produce(partition, null, "{'type':'DeclareNetwork','requestId':'k2','ifGeneration':0," + id + "," + SPEC + "}");
        produce(partition, null, "{'type':'WithdrawNetwork','requestId':'k3'," + id + "}");
        produce(partition, null, "{'type':'WithdrawNetwork','requestId':'k4'," + id + "}");

        assertThat(text(answer("k1"))).contains("\"created\":true");
        assertThat(text(answer("k2"))).contains("GenerationMismatch");
        assertThat(text(answer("k3"))).contains("\"changed\":true");
        assertThat(text(answer("k4"))).contains("\"changed\":false");
        assertThat(rest.get("/v1/overlays/kept/namespaces/ns/networks/n")
                        .json()
                        .path("withdrawn")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void recordsTheSampleFileLineByLine() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../samples/vlink-sample.requests.jsonl"));

        for (int i = 0; i < lines.size(); i++) {
            produce(i % 8, null, lines.get(i));
        }

        for (String id : List.of("sample-1", "sample-2", "sample-3")) {
            assertThat(text(answer(id))).contains("\"Recorded\"");
        }
        await().untilAsserted(() -> assertThat(rest.get("/v1/namespaces/default/networks/vlink-sample/attachments")
                        .json()
                        .path("items"))
                .hasSize(2));
    }

    private RecordMetadata produce(int partition, @Nullable String key, String json) {
        return user.produce(
                Topic.REQUESTS, partition, key, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private ConsumerRecord<String, byte[]> answer(String requestId) {
        return user.await(Topic.ANSWERS, r -> text(r).contains("\"requestId\":\"%s\"".formatted(requestId)));
    }

    private ConsumerRecord<String, byte[]> letter(RecordMetadata stands) {
        return user.await(Topic.DEAD_LETTERS, r -> text(r).contains(
                        "\"partition\":%d,\"offset\":%d,".formatted(stands.partition(), stands.offset())));
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
