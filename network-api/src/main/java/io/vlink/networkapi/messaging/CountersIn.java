package io.vlink.networkapi.messaging;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.networkapi.view.View;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes the counters of rules into the view. They are telemetry: only the latest reading matters. */
@Singleton
final class CountersIn {

    private static final Logger LOG = Logger.getLogger(CountersIn.class);

    private final View view;

    CountersIn(View view) {
        this.view = view;
    }

    @Incoming("counters")
    void on(ConsumerRecords<String, byte[]> records) {
        records.forEach(this::on);
    }

    private void on(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        if (key == null) {
            return;
        }
        if (record.value() == null) {
            view.counters(key, null);
            return;
        }
        try {
            view.counters(
                    key,
                    new RecordedCounters(Entry.of(Topic.COUNTERS, record), RecordedCounters.readAt(record.value())));
        } catch (IOException e) {
            LOG.debugf("Counters of %s are not shown: %s", key, e.getMessage());
        }
    }
}
