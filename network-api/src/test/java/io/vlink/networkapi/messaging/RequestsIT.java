package io.vlink.networkapi.messaging;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.Topic;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public intake, used by a plain Kafka client: no headers, any partition, with or without a key. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class RequestsIT {

    private static final String SPEC = "'spec':{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @SuppressWarnings("NullAway.Init") // set before each test
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
        // Given
        byte[] manifest = Files.readString(Path.of("../samples/vlink-sample.yaml"))
                .replace("vlink-sample", "by-kafka")
                .getBytes(StandardCharsets.UTF_8);

        // When
        RecordMetadata stands = user.produce(Topic.REQUESTS, KafkaUser.partition("default"), null, manifest);

        // Then
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
    void forwardsARequestToItsPartitionExactlyOnce() {
        // Given
        int wrong = (KafkaUser.partition("elsewhere") + 3) % 8;

        // When
        RecordMetadata stands =
                produce(wrong, null, "{'type':'DeclareNetwork','requestId':'lost','id':'elsewhere/ns/n'," + SPEC + "}");

        // Then
        var answer = answer("lost");
        assertThat(answer.partition()).isEqualTo(KafkaUser.partition("elsewhere"));
        assertThat(text(answer)).contains("\"created\":true", origin(stands));

        // When
        produce(wrong, null, "{'type':'DeclareNetwork','requestId':'after','id':'elsewhere/ns/n'," + SPEC + "}");

        // Then
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
    void deadLettersUnreadableRecordsAndContinues(String value) {
        // Given
        int partition = KafkaUser.partition("good");

        // When
        RecordMetadata stands = produce(partition, "some-key", value);
        produce(
                partition,
                null,
                "{'type':'WithdrawNetwork','requestId':'next-" + stands.offset() + "','id':'good/ns/n'}");

        // Then
        var letter = letter(stands);
        assertThat(letter.key()).isEqualTo("some-key");
        assertThat(text(letter))
                .contains("\"topic\":\"vlink.requests\"", "\"reader\":\"network-api\"", "\"reason\":\"");
        assertThat(text(answer("next-" + stands.offset()))).contains("\"Refused\"", "\"Unknown\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"versioned/ns/other", "versioned/other/n", "other/ns/n"})
    void refusesAKeyOfAnotherSubject(String key) {
        // Given
        int partition = KafkaUser.partition("versioned");

        // When
        RecordMetadata stands = produce(
                partition,
                key,
                "{'type':'DeclareNetwork','requestId':'key %s','id':'versioned/ns/n',%s}".formatted(key, SPEC));

        // Then
        assertThat(text(answer("key " + key))).contains("\"Refused\"", origin(stands), "\"KeyMismatch\"", key);
        assertThat(rest.get("/v1/overlays/versioned/namespaces/ns/networks/n").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed/ns/n", "keyed", "a tenant of theirs", ""})
    void acceptsAnyKeyThatNamesNoOtherSubject(String key) {
        produce(
                KafkaUser.partition("keyed"),
                key,
                "{'type':'DeclareNetwork','requestId':'keyed by %s','id':'keyed/ns/n',%s}".formatted(key, SPEC));

        assertThat(text(answer("keyed by " + key))).contains("\"Recorded\"");
    }

    @Test
    void refusesUnknownVersions() {
        // Given
        int partition = KafkaUser.partition("default");

        // When
        RecordMetadata type =
                produce(partition, null, "{'type':'DeclareNetworkV2','requestId':'v-type','id':'default/ns/n'}");
        RecordMetadata field = produce(
                partition,
                null,
                "{'type':'DeclareNetwork','version':2,'requestId':'v-field','id':'default/ns/n'," + SPEC + "}");
        RecordMetadata manifest = produce(
                partition,
                null,
                "{'kind':'L2Network','apiVersion':'l2sm.l2sm.k8s.local/v2','metadata':{'name':'of-v2'},'spec':{'type':'vlink'}}");

        // Then
        assertThat(text(answer("v-type")))
                .contains("\"Refused\"", origin(type), "$.type", "DeclareNetworkV2", "Known: DeclareNode");
        assertThat(text(answer("v-field"))).contains("\"Refused\"", origin(field), "$.version", "\"UnknownField\"");
        assertThat(text(user.await(Topic.ANSWERS, r -> "default/default/of-v2".equals(r.key()))))
                .contains("\"Refused\"", origin(manifest), "$.apiVersion", "l2sm.l2sm.k8s.local/v1");
    }

    @Test
    void deadLettersATombstoneAndExplainsHowToWithdraw() {
        RecordMetadata stands =
                user.produce(Topic.REQUESTS, KafkaUser.partition("good"), "good/ns/never-declared", null);

        var letter = letter(stands);
        assertThat(letter.key()).isEqualTo("good/ns/never-declared");
        assertThat(text(letter)).contains("has no value", "WithdrawNetwork").doesNotContain("\"value\"");
    }

    /** Each of these, quoted whole, would make an answer or a dead letter too large for its topic. */
    @ParameterizedTest
    @MethodSource("bombs")
    void isBlockedByNoRecordThatKafkaAccepts(String bomb, byte @Nullable [] key, String value) {
        // Given
        int partition = KafkaUser.partition("good");

        // When
        RecordMetadata stands = user.produceRaw(Topic.REQUESTS, partition, key, value.getBytes(StandardCharsets.UTF_8));
        produce(partition, null, "{'type':'WithdrawNetwork','requestId':'after %s','id':'good/ns/n'}".formatted(bomb));

        // Then
        var follows = answer("after " + bomb);
        assertThat(text(follows)).contains("\"Unknown\"");
        String place = "\"partition\":%d,\"offset\":%d".formatted(partition, stands.offset());
        // A forwarded request is answered at its own partition, later than those that follow here.
        var said = user.await(List.of(Topic.ANSWERS, Topic.DEAD_LETTERS), r -> text(r).contains(place));
        assertThat(text(said)).hasSizeLessThan(100_000);
    }

    static Stream<Arguments> bombs() {
        byte[] binary = new byte[900_000];
        Arrays.fill(binary, (byte) 0xff);
        String withdraw = "{\"type\":\"WithdrawNetwork\",\"id\":\"good/ns/n\"";
        return Stream.of(
                arguments("a key of noise, unreadable", binary, "garbage"),
                arguments("a key of noise, answered", binary, "{\"type\":\"WithdrawNetwork\"}"),
                arguments("a key of noise, on its way elsewhere", binary, withdraw.replace("good", "elsewhere") + "}"),
                arguments(
                        "a hundred thousand unknown fields",
                        null,
                        IntStream.range(0, 100_000)
                                .mapToObj(i -> ",\"x" + i + "\":1")
                                .collect(joining("", withdraw, "}"))),
                arguments("a long field", null, withdraw + ",\"" + "'".repeat(49_000) + "\":1}"),
                arguments("a long value", null, withdraw + ",\"ifGeneration\":\"" + "\\u0001".repeat(170_000) + "\"}"),
                arguments("half a character", null, withdraw + ",\"\\ud83d\":1,\"requestId\":\"\\ud800\"}"),
                arguments(
                        "a cut through a character", null, withdraw + ",\"" + "x".repeat(76) + "\ud83d\ude00xxx\":1}"),
                arguments("a cut through a dead character", null, "?".repeat(4095) + "\ud83d\ude00"),
                arguments("a long type", null, "{\"type\":\"" + "x".repeat(1_000_000) + "\"}"),
                arguments("a YAML key twice", null, ("y".repeat(500_000) + ": 1\n").repeat(2)));
    }

    @Test
    void deadLettersEmptyAndBinaryRecords() {
        // Given
        int partition = KafkaUser.partition("good");

        // When
        RecordMetadata nothing = user.produce(Topic.REQUESTS, partition, null, null);
        RecordMetadata noise = user.produce(Topic.REQUESTS, partition, null, new byte[] {0, -1, 7, '{'});
        RecordMetadata large = user.produce(
                Topic.REQUESTS,
                partition,
                null,
                "{\"a\":\"".concat("x".repeat(1_500_000)).getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(text(letter(nothing))).contains("has no value").doesNotContain("\"value\"");
        assertThat(text(letter(noise))).contains("not UTF-8", "\"value\":\"base64:");
        assertThat(text(letter(large))).contains("at most 1048576");
    }

    @Test
    void neverSeesRecordsThatKafkaRefuses() {
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
    void answersRequestsThatAreNotLegible() {
        RecordMetadata stands = produce(5, "their-key", "{'type':'WithdrawNetwork','requestId':'whose'}");

        var answer = answer("whose");
        assertThat(answer.key()).isEqualTo("their-key");
        assertThat(text(answer)).contains("\"offset\":" + stands.offset(), "$.name", "Missing");
    }

    @Test
    void respectsGenerationsAndOrder() {
        // Given
        int partition = KafkaUser.partition("kept");
        String id = "'id':'kept/ns/n'";

        // When
        produce(partition, null, "{'type':'DeclareNetwork','requestId':'k1','ifGeneration':0," + id + "," + SPEC + "}");
        produce(partition, null, "{'type':'DeclareNetwork','requestId':'k2','ifGeneration':0," + id + "," + SPEC + "}");
        produce(partition, null, "{'type':'WithdrawNetwork','requestId':'k3'," + id + "}");
        produce(partition, null, "{'type':'WithdrawNetwork','requestId':'k4'," + id + "}");

        // Then
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
        // Given
        List<String> lines = Files.readAllLines(Path.of("../samples/vlink-sample.requests.jsonl"));

        // When
        for (int i = 0; i < lines.size(); i++) {
            produce(i % 8, null, lines.get(i));
        }

        // Then
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

    private static String origin(RecordMetadata stands) {
        return "\"origin\":{\"topic\":\"vlink.requests\",\"partition\":%d,\"offset\":%d}"
                .formatted(stands.partition(), stands.offset());
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
