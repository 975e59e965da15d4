package io.vlink.log;

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
 * The last transaction that stands in a partition number's outputs. Its writer may have ended before it was committed:
 * then its records were seen by all, but count as aborted to Kafka, which hides them from strict readers and forgets them
 * when it compacts. So whoever takes over writes those once more. All earlier transactions of a fenced writer are known to
 * be committed: each begins only after the one before.
 */
final class LastTransaction {

    /** Bears the number of the transaction that wrote a record, in decimal digits; grows within a partition number. */
    private static final String NUMBER = "vlink-transaction";

    private final Map<String, ConsumerRecord<String, byte[]>> records = new LinkedHashMap<>();
    private long number;

    /** Marks a record as written by the transaction of that number. */
    static void mark(ProducerRecord<String, byte[]> record, long number) {
        record.headers().remove(NUMBER);
        record.headers().add(new RecordHeader(NUMBER, Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Takes in a record of an output, in the order of the log. */
    void on(ConsumerRecord<String, byte[]> record) {
        long of = number(record);
        if (of > number) {
            number = of;
            records.clear();
        }
        if (of == number) {
            records.put(key(record), record);
        }
    }

    /** That of the record's transaction; -1 where it is nobody's. */
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

    /** Its number; 0 where there was none. */
    long number() {
        return number;
    }

    /** Where to begin to read what was committed of it. */
    Map<TopicPartition, Long> begins() {
        Map<TopicPartition, Long> begins = new HashMap<>();
        records.values()
                .forEach(record -> begins.merge(
                        new TopicPartition(record.topic(), record.partition()), record.offset(), Math::min));
        return begins;
    }

    /** Takes in a record that strict readers see. */
    void committed(ConsumerRecord<String, byte[]> record) {
        records.computeIfPresent(key(record), (key, last) -> last.offset() == record.offset() ? null : last);
    }

    /** The last record of each key in it that was not committed, to be written again as it stands. */
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
