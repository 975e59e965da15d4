package io.vlink.log;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The last transaction that stands in a partition number's outputs. Its writer may have ended before it was committed:
 * then its records were seen by all, but count as aborted to Kafka, which hides them from strict readers and forgets them
 * when it compacts. So whoever takes over writes them once more. All earlier transactions of a fenced writer are known to
 * be committed: each begins only after the one before.
 */
final class LastTransaction {

    /** Bears the number of the transaction that wrote a record: 8 bytes, big endian; grows within a partition number. */
    private static final String NUMBER = "vlink-transaction";

    private final Map<String, ConsumerRecord<String, byte[]>> records = new LinkedHashMap<>();
    private long number;

    /** Marks a record as written by the transaction of that number. */
    static void mark(ProducerRecord<String, byte[]> record, long number) {
        record.headers().remove(NUMBER);
        record.headers()
                .add(new RecordHeader(
                        NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
    }

    /** Takes in a record of an output, in the order of the log. */
    void on(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(NUMBER);
        if (header == null || header.value() == null || header.value().length != Long.BYTES) {
            return; // nobody's transaction
        }
        long of = ByteBuffer.wrap(header.value()).getLong();
        if (of > number) {
            number = of;
            records.clear();
        }
        if (of == number) {
            records.put(record.topic() + " " + record.key(), record);
        }
    }

    /** Its number; 0 where there was none. */
    long number() {
        return number;
    }

    /** The last record of each key in it, to be written again as it stands. */
    List<ProducerRecord<String, byte[]>> again() {
        return records.values().stream()
                .map(record -> new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value()))
                .toList();
    }
}
