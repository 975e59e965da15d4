package io.vlink.log.writing;

import io.vlink.log.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The last transaction in a partition number's outputs. Its writer may have ended before committing it. Then all
 * readers saw its records, but Kafka considers them aborted: it hides them from strict readers and drops them at
 * compaction. So the next owner writes them again. All earlier transactions of a fenced writer are known to be
 * committed, since each begins only after the previous one.
 */
public final class LastTransaction {

    /**
     * The header with the number of the transaction that wrote a record, in decimal digits; grows within a partition
     * number.
     */
    private static final String NUMBER = "vlink-transaction";

    private final Map<String, ConsumerRecord<String, byte[]>> records = new LinkedHashMap<>();
    private long number;

    /** Marks a record as written by the transaction with that number. */
    static void mark(ProducerRecord<String, byte[]> record, long number) {
        record.headers().remove(NUMBER);
        record.headers().add(new RecordHeader(NUMBER, Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Processes a record of an output, in the order of the log. */
    public void on(ConsumerRecord<String, byte[]> record) {
        long of = number(record);
        if (of > number) {
            number = of;
            records.clear();
        }
        if (of == number) {
            records.put(key(record), record);
        }
    }

    /** Returns the number of the record's transaction; -1 if it has none. */
    private static long number(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(NUMBER);
        if (header == null || header.value() == null) {
            return -1;
        }
        try {
            return Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String key(ConsumerRecord<String, byte[]> record) {
        return record.topic() + " " + record.key();
    }

    /** The number of that transaction; 0 if there was none. */
    long number() {
        return number;
    }

    /** Returns the offsets from which to read its committed records. */
    public Map<TopicPartition, Long> begins() {
        Map<TopicPartition, Long> begins = new HashMap<>();
        records.values()
                .forEach(record -> begins.merge(
                        new TopicPartition(record.topic(), record.partition()), record.offset(), Math::min));
        return begins;
    }

    /** Processes a record that strict readers see. */
    public void committed(ConsumerRecord<String, byte[]> record) {
        records.computeIfPresent(key(record), (key, last) -> last.offset() == record.offset() ? null : last);
    }

    /** Returns the last uncommitted record of each key in it, to be written again unchanged. */
    List<ProducerRecord<String, byte[]>> again() {
        return records.values().stream()
                .map(record -> new ProducerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.key(),
                        record.value(),
                        Schemas.kept(record.headers())))
                .toList();
    }
}
