package io.vlink.log.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The records that an owner left uncommitted, as the next owner writes them again. */
class LastTransactionTest {

    @Test
    void keepsTheNumberOfARecordThatIsWrittenAgain() {
        // Given
        LastTransaction last = new LastTransaction();
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topic.CLAIMS.topicName(), 0, 7, "key", "value".getBytes(StandardCharsets.UTF_8));
        record.headers().add("vlink-schema", "3".getBytes(StandardCharsets.UTF_8));
        record.headers().add("vlink-transaction", "4".getBytes(StandardCharsets.UTF_8));

        // When
        last.on(record);

        // Then
        assertThat(last.again()).singleElement().satisfies(again -> assertThat(again.headers())
                .singleElement()
                .satisfies(header -> assertThat(header.key()).isEqualTo("vlink-schema")));
    }
}
