package io.vlink.bench;

import io.vlink.events.Topic;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends requests as any Kafka producer would: records on {@code vlink.requests}, answers on {@code vlink.answers}. */
record KafkaWayIn(Suite suite) implements WayIn {

    @Override
    public void send(List<Sample.SampleRequest> requests) throws IOException {
        Set<String> unanswered = new HashSet<>();
        requests.forEach(it -> unanswered.add(it.key()));
        Map<String, Object> properties =
                Map.of("bootstrap.servers", suite.bootstrapServers(), "batch.size", 128 * 1024);
        try (Watch answers = Watch.fromNow(suite.bootstrapServers(), Topic.ANSWERS);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (Sample.SampleRequest request : requests) {
                var unused =
                        producer.send(new ProducerRecord<>(Topic.REQUESTS.topicName(), request.key(), request.json()));
            }
            producer.flush();
            answers.until("%d requests are answered".formatted(requests.size()), seen -> {
                if (unanswered.remove(seen.key())
                        && !Watch.member(seen.value(), "type").equals("Recorded")) {
                    throw new IOException("%s was refused: %s".formatted(seen.key(), Watch.text(seen.value())));
                }
                return unanswered.isEmpty();
            });
        }
    }
}
