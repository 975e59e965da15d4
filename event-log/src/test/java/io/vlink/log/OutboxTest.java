package io.vlink.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.events.deadletters.DeadLetter;
import io.vlink.log.schema.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotations of foreign records are bounded, and their origin is kept. */
class OutboxTest {

    private static final int PARTITIONS = 4;

    private final Outbox outbox = new Outbox(PARTITIONS, "test");

    @Test
    void cutsQuotationsInADeadLetter() throws Exception {
        outbox.deadLetter(
                entry("k".repeat(100_000), "v".repeat(4095) + "\ud83d\ude00"), "r".repeat(100_000), Instant.EPOCH);

        DeadLetter letter = letter();
        assertThat(letter.key()).isEqualTo("k".repeat(4096));
        assertThat(letter.reason()).isEqualTo("r".repeat(4096));
        assertThat(letter.value()).isEqualTo("v".repeat(4095));
        assertThat(written().key()).isEqualTo(letter.key());
    }

    @Test
    void quotesTextThatIsCutWithinACharacter() throws Exception {
        outbox.deadLetter(entry("k", "x" + "\ud83d\ude00".repeat(100_000)), "why", Instant.EPOCH);

        assertThat(letter().value()).isEqualTo("x" + "\ud83d\ude00".repeat(2047));
    }

    @Test
    void quotesBinaryDataInBase64() throws Exception {
        byte[] noise = new byte[100_000];
        noise[0] = -1;

        outbox.deadLetter(new Entry(Topic.REQUESTS, 1, 9, Instant.EPOCH, null, noise), "why", Instant.EPOCH);

        assertThat(letter().value()).startsWith("base64:/wAAAA").hasSize(4096);
    }

    @Test
    void keepsTheOriginOfAForwardedRecord() {
        // When
        outbox.forward(entry("theirs", "v"), "default", "default/ns/n");

        // Then
        ProducerRecord<String, byte[]> first = written();
        assertThat(first.key()).isEqualTo("default/ns/n");
        assertThat(first.partition()).isEqualTo(Partitions.of("default", PARTITIONS));
        assertThat(Forwarding.of(first.headers())).isEqualTo(new Entry.PartitionOffset(1, 9));

        // When
        Outbox second = new Outbox(PARTITIONS, "test");
        second.forward(
                new Entry(Topic.REQUESTS, 3, 77, Instant.EPOCH, null, new byte[0], Forwarding.of(first.headers()), 1),
                "other",
                "other/ns/n");

        // Then
        assertThat(Forwarding.of(second.records().getFirst().headers())).isEqualTo(new Entry.PartitionOffset(1, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "@", "-1@2", "1@x", "99999999999@1", "1@99999999999999999999"})
    void ignoresAnInvalidHeader(String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Forwarding.HEADER, value.getBytes(StandardCharsets.UTF_8));

        assertThat(Forwarding.of(headers)).isNull();
    }

    private static Entry entry(@Nullable String key, String value) {
        return new Entry(Topic.REQUESTS, 1, 9, Instant.EPOCH, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private ProducerRecord<String, byte[]> written() {
        assertThat(outbox.records()).hasSize(1);
        return outbox.records().getFirst();
    }

    private DeadLetter letter() throws UnreadableEvent {
        ProducerRecord<String, byte[]> record = written();
        return EventJson.read(
                new Entry(Topic.DEAD_LETTERS, 0, 0, Instant.EPOCH, null, Objects.requireNonNull(record.value())),
                DeadLetter.class);
    }
}
