package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.events.Topic;
import io.vlink.log.Partitions;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Intake;
import io.vlink.tests.suite.Kcat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Producers that know only Vlink's topics, using kcat: invalid records are reported and do not delay others. */
class ProducersE2E {

    private static final String REQUESTS = "vlink.requests";
    private static final String ANSWERS = "vlink.answers";
    private static final String LETTERS = "vlink.dead-letters";
    private static final int LIMIT = 2 * 1024 * 1024;
    /** Bytes of Kafka's batch around one record of that size without a key. */
    private static final int ENVELOPE = 74;

    private static final int HOME = Partitions.of("default", Intake.PARTITIONS);
    private static final int ELSEWHERE = (HOME + 3) % Intake.PARTITIONS;

    private static Intake intake;
    private static Kcat kcat;

    @SuppressWarnings("NullAway.Init")
    ProducersE2E() {}

    @BeforeAll
    static void start() {
        intake = new Intake();
        kcat = new Kcat(intake.bootstrapServers());
        // the first request is slow
        kcat.produce(REQUESTS, HOME, withdraw("warm-up"));
        answer("warm-up");
    }

    @AfterAll
    static void stop() {
        intake.close();
    }

    /** Cases: the defect, the key and partition, the value, and a part of the reason. */
    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments(
                        "malformed",
                        List.of(),
                        "{\"type\": \"DeclareNetwork\", ".getBytes(StandardCharsets.UTF_8),
                        "not valid JSON"),
                arguments("no request", List.of(), "{\"hello\": 1}".getBytes(StandardCharsets.UTF_8), "DeclareNetwork"),
                arguments("no text", List.of(), new byte[] {0, -1, -2, '{'}, "not UTF-8"),
                arguments("null in JSON", List.of(), "null".getBytes(StandardCharsets.UTF_8), "object"),
                arguments(
                        "a later type",
                        List.of(),
                        "{\"type\": \"DeclareNetworkV2\"}".getBytes(StandardCharsets.UTF_8),
                        "DeclareNetworkV2"),
                arguments("almost two megabytes", List.of(), filled(LIMIT - ENVELOPE), "at most 1048576"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void movesUnreadableRecordsAsideAndServesTheNextAtOnce(String what, List<String> key, byte[] value, String reason) {
        Kcat.Place stands = kcat.produce(REQUESTS, HOME, value, large(key));
        Kcat.Place next = kcat.produce(REQUESTS, HOME, withdraw("after " + what));

        assertThatIsServed("after " + what, next);
        assertThatIsPutAside(stands, reason);
    }

    @Test
    void movesTombstonesAsideAndServesTheNextAtOnce() {
        Kcat.Place unknown = kcat.tombstone(REQUESTS, HOME, "default/default/never-heard-of");
        Kcat.Place next = kcat.produce(REQUESTS, HOME, withdraw("after a tombstone"));

        assertThatIsServed("after a tombstone", next);
        Kcat.Printed letter = assertThatIsPutAside(unknown, "WithdrawNetwork");
        assertThat(letter.json().path("key").asText()).isEqualTo("default/default/never-heard-of");
        assertThat(letter.json().has("value")).isFalse();
    }

    /** Cases: the defect, the partition, the key, the body, and a part of the answer. */
    static Stream<Arguments> refused() {
        String good = "\"spec\": {\"path\": {\"fromEndpoint\": \"a\", \"toEndpoint\": \"b\"}}}";
        return Stream.of(
                arguments(
                        "wrong key",
                        HOME,
                        "default/default/another",
                        "\"type\": \"DeclareNetwork\", \"id\": \"default/default/keyed\", " + good,
                        "KeyMismatch"),
                arguments(
                        "wrong partition",
                        ELSEWHERE,
                        "",
                        "\"type\": \"WithdrawNetwork\", \"id\": \"default/default/nowhere\"}",
                        "Unknown"),
                arguments(
                        "wrong partition and field",
                        ELSEWHERE,
                        "",
                        "\"type\": \"WithdrawNetwork\", \"id\": \"default/default/nowhere\", \"force\": true}",
                        "UnknownField"),
                arguments(
                        "later type",
                        HOME,
                        "",
                        "\"type\": \"DeclareNetworkV2\", \"id\": \"default/default/v2\"}",
                        "UnknownValue"),
                arguments(
                        "later field",
                        HOME,
                        "",
                        "\"type\": \"DeclareNetwork\", \"version\": 2, \"id\": \"default/default/v2\", " + good,
                        "UnknownField"),
                arguments("nothing meant", HOME, "", "\"type\": \"WithdrawNetwork\"}", "Missing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void answersRefusedRequestsAndServesTheNextAtOnce(
            String what, int partition, String key, String body, String reason) {
        // Given
        String request = "{\"requestId\": \"%s\", %s".formatted(what, body);

        // When
        Kcat.Place stands =
                kcat.produce(REQUESTS, partition, request, key.isEmpty() ? new String[0] : new String[] {"-k", key});
        Kcat.Place next = kcat.produce(REQUESTS, partition, withdraw("after " + what));

        // Then
        assertThatIsServed("after " + what, next);
        Kcat.Printed answer = answer(what);
        assertThat(answer.json().path("type").asText()).isEqualTo("Refused");
        assertThat(answer.json().path("violations").toString()).contains("\"" + reason + "\"", "\"message\":\"");
        assertThatSaysWhereItStood(answer, stands);
    }

    @Test
    void answersAManifestOfAnotherVersion() {
        // When
        Kcat.Place stands = kcat.produce(REQUESTS, HOME, """
                apiVersion: l2sm.l2sm.k8s.local/v9
                kind: L2Network
                metadata: {name: of-the-future}
                spec: {type: vlink, config: '{}'}
                """);

        // Then
        Kcat.Printed answer = kcat.await(ANSWERS, "its answer", r -> "default/default/of-the-future".equals(r.key()));
        assertThat(answer.json().path("violations").toString())
                .contains("$.apiVersion", "must be l2sm.l2sm.k8s.local/v1");
        assertThatSaysWhereItStood(answer, stands);
    }

    @Test
    void kafkaRejectsRecordsLargerThanTheLimit() {
        for (byte[] value : List.of(filled(LIMIT - ENVELOPE + 1), filled(40 * 1024 * 1024))) {
            for (String compression : List.of("none", "gzip")) {
                // When
                Command.Result result = kcat.tryProduce(REQUESTS, HOME, value, large(List.of("-z", compression)));

                // Then
                assertThat(result.output()).as(compression).contains("Message size too large");
                assertThat(result.output()).doesNotContain("delivered");
            }
        }

        // When
        Kcat.Place next = kcat.produce(REQUESTS, HOME, withdraw("after what is too large"));

        // Then
        assertThatIsServed("after what is too large", next);
    }

    @Test
    void recordsRequestsFromAnyPartitionWithoutOverwritingThem() {
        // When
        Kcat.Place stands = kcat.produce(REQUESTS, ELSEWHERE, """
                {"type": "DeclareNetwork", "requestId": "granted", "name": "from-kcat",
                 "spec": {"path": {"fromEndpoint": "node-a", "toEndpoint": "node-e", "capabilities": {"bandwidthBits": "20M"}}}}""");

        // Then
        Kcat.Printed answer = answer("granted");
        assertThat(answer.json().path("type").asText()).isEqualTo("Recorded");
        assertThat(answer.key()).isEqualTo("default/default/from-kcat");
        assertThatSaysWhereItStood(answer, stands);
        Kcat.Printed network =
                kcat.await("vlink.networks", "the network", r -> "default/default/from-kcat".equals(r.key()));
        assertThat(network.partition()).isEqualTo(HOME);
        assertThat(network.json().at("/spec/path/capabilities/bandwidthBits").asLong())
                .isEqualTo(20_000_000);
        assertThat(intake.api().get("/v1/namespaces/default/networks/from-kcat").status())
                .isEqualTo(200);
    }

    @Test
    void findsTheTopicsOfTheServicesCorrect() {
        String topics = Command.run(
                Map.of(),
                List.of(
                        intake.root().resolve("vlink").toString(),
                        "topics",
                        "--bootstrap-servers",
                        intake.bootstrapServers()));

        assertThat(topics.lines().skip(1)).hasSize(Topic.values().length).allMatch(line -> line.contains(" ok "));
    }

    private static String withdraw(String requestId) {
        return "{\"type\": \"WithdrawNetwork\", \"requestId\": \"%s\", \"id\": \"default/default/nothing\"}"
                .formatted(requestId);
    }

    private static byte[] filled(int size) {
        byte[] value = new byte[size];
        Arrays.fill(value, (byte) 'x');
        return value;
    }

    /** Raises kcat's own limit of 1 MB. */
    private static String[] large(List<String> more) {
        return Stream.concat(Stream.of("-X", "message.max.bytes=100000000"), more.stream())
                .toArray(String[]::new);
    }

    private static Kcat.Printed answer(String requestId) {
        return kcat.await(
                ANSWERS,
                "the answer to " + requestId,
                record -> record.json().path("requestId").asText().equals(requestId));
    }

    private static void assertThatIsServed(String requestId, Kcat.Place stands) {
        assertThatSaysWhereItStood(answer(requestId), stands);
    }

    private static void assertThatSaysWhereItStood(Kcat.Printed answer, Kcat.Place stands) {
        JsonNode origin = answer.json().path("origin");
        assertThat(origin.path("topic").asText()).isEqualTo(REQUESTS);
        assertThat(origin.path("partition").asInt()).isEqualTo(stands.partition());
        assertThat(origin.path("offset").asLong()).isEqualTo(stands.offset());
    }

    private static Kcat.Printed assertThatIsPutAside(Kcat.Place stands, String reason) {
        Kcat.Printed letter = kcat.await(
                LETTERS,
                "the dead letter",
                record -> record.json().path("partition").asInt() == stands.partition()
                        && record.json().path("offset").asLong() == stands.offset());
        assertThat(letter.json().path("topic").asText()).isEqualTo(REQUESTS);
        assertThat(letter.json().path("reason").asText()).contains(reason);
        return letter;
    }
}
