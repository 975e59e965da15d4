package io.vlink.log;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.deadletters.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The output of a shard, and the listeners for its result. Used within a turn of the log only. */
public final class Outbox {

    /** The largest quotation in a dead letter, in characters: the letter must be smaller than the largest record. */
    private static final int MAX_QUOTED = 4096;

    private final int partitions;
    private final String service;
    private final Forms forms;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<Runnable> written = new ArrayList<>();
    private final List<Consumer<Throwable>> failed = new ArrayList<>();
    private boolean commits;

    /**
     * Creates an empty outbox that writes in the newest forms.
     *
     * @param partitions the number of partitions of each topic
     * @param service the name in dead letters
     */
    public Outbox(int partitions, String service) {
        this(partitions, service, Forms.NEWEST);
    }

    /**
     * Creates an empty outbox.
     *
     * @param partitions the number of partitions of each topic
     * @param service the name in dead letters
     * @param forms the forms in which it writes
     */
    public Outbox(int partitions, String service, Forms forms) {
        this.partitions = partitions;
        this.service = service;
        this.forms = forms;
    }

    /**
     * Writes the state of a key in a topic that is sharded by overlay.
     *
     * @return the record's value
     */
    public byte[] put(Topic topic, String overlay, String key, Object event) {
        return put(topic, Partitions.of(overlay, partitions), key, event);
    }

    /**
     * Writes the state of a key in a topic that is sharded by datapath id.
     *
     * @return the record's value
     */
    public byte[] put(Topic topic, DatapathId datapathId, String key, Object event) {
        return put(topic, Partitions.of(datapathId, partitions), key, event);
    }

    private byte[] put(Topic topic, int partition, String key, Object event) {
        byte[] value = forms.write(topic, event);
        records.add(new ProducerRecord<>(topic.topicName(), partition, key, value, forms.headers(topic)));
        return value;
    }

    /** Forwards a record, under this key, to the partition of its overlay. */
    public void forward(Entry entry, String overlay, String key) {
        records.add(new ProducerRecord<>(
                entry.topic().topicName(),
                Partitions.of(overlay, partitions),
                key,
                entry.value(),
                Forwarding.from(entry.origin())));
    }

    /** Writes a tombstone in a topic that is sharded by overlay. */
    public void tombstone(Topic topic, String overlay, String key) {
        records.add(new ProducerRecord<>(topic.topicName(), Partitions.of(overlay, partitions), key, null));
    }

    /** Writes a tombstone in a topic that is sharded by datapath id. */
    public void tombstone(Topic topic, DatapathId datapathId, String key) {
        records.add(new ProducerRecord<>(topic.topicName(), Partitions.of(datapathId, partitions), key, null));
    }

    /** Reports a record that cannot be accepted. The record stays where it is, and does not hold up others. */
    public void deadLetter(Entry entry, String reason, Instant now) {
        String key = entry.key() == null ? null : shortened(entry.key());
        DeadLetter letter = new DeadLetter(
                entry.topic().topicName(),
                entry.partition(),
                entry.offset(),
                key,
                shortened(reason),
                service,
                printable(entry.value()),
                now);
        records.add(new ProducerRecord<>(
                Topic.DEAD_LETTERS.topicName(), entry.partition() % partitions, key, EventJson.write(letter)));
    }

    /**
     * Commits the output at once, where the log is fenced: for records in other partitions than the shard's, which the
     * next owner would not write again.
     */
    public void commitAtOnce() {
        commits = true;
    }

    public boolean commits() {
        return commits;
    }

    /** Registers an action that runs once Kafka has the whole output, within a turn of the log. */
    public void onWritten(Runnable action) {
        written.add(action);
    }

    /** Registers an action that runs if the output could not be written; the shard is then discarded. */
    public void onFailed(Consumer<Throwable> action) {
        failed.add(action);
    }

    /** The whole output, in order. */
    public List<ProducerRecord<String, byte[]>> records() {
        return records;
    }

    public boolean hasListeners() {
        return !written.isEmpty();
    }

    public void succeeded() {
        written.forEach(Runnable::run);
    }

    public void failed(Throwable cause) {
        failed.forEach(action -> action.accept(cause));
    }

    private static @Nullable String printable(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        // A record may be many times larger than the quotation, so only the quoted part is decoded.
        int length = Math.min(value.length, 4 * MAX_QUOTED);
        var text = CharBuffer.allocate(length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(value, 0, length), text, length == value.length);
        return shortened(
                result.isError()
                        ? "base64:" + Base64.getEncoder().encodeToString(Arrays.copyOf(value, length))
                        : text.flip().toString());
    }

    private static String shortened(String text) {
        if (text.length() <= MAX_QUOTED) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_QUOTED - 1)) ? MAX_QUOTED - 1 : MAX_QUOTED);
    }
}
