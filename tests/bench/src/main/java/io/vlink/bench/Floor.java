package io.vlink.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures the limits of the machine, its Kafka and its Open vSwitch with minimal clients, beside the running suite.
 */
final class Floor {

    static final String GET = "HTTP GET p50";
    static final String HOP = "Kafka hop p50";
    static final String FLOW_MODS = "flow mods, one barrier";

    private static final String TOPIC = "bench.floor";
    private static final int RECORD_BYTES = 512;
    private static final int FLOW_MOD_COUNT = 20_000;

    private final Suite suite;
    private final Options options;
    private final Report report;

    Floor(Suite suite, Options options, Report report) {
        this.suite = suite;
        this.options = options;
        this.report = report;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        report.part("floor", "(e) The floor: single calls and records of minimal clients");
        httpGet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", suite.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            try {
                kafkaHop(HOP, false);
                kafkaHop("Kafka hop in a transaction p50", true);
            } finally {
                admin.deleteTopics(List.of(TOPIC)).all().get();
            }
        }
        openVSwitch();
    }

    private void httpGet() throws IOException {
        try (HttpConnection connection = new HttpConnection(suite.apiPort())) {
            sample(GET, "HTTP GET p99", () -> connection
                    .get("/v1/overlays/default/nodes/node-a")
                    .mustBe("node-a"));
        }
    }

    private void kafkaHop(String name, boolean transaction) throws IOException {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (Sender sender = new Sender(transaction);
                KafkaConsumer<byte[], byte[]> consumer = consumer(transaction)) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            byte[] value = new byte[RECORD_BYTES];
            sample(name, name.replace("p50", "p99"), () -> {
                sender.send(value);
                while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
                    // the next poll waits again
                }
            });
        }
    }

    /** Sends single records, each in its own transaction or in none. */
    private final class Sender implements AutoCloseable {

        private final boolean transaction;
        private KafkaProducer<byte[], byte[]> producer;

        Sender(boolean transaction) {
            this.transaction = transaction;
            this.producer = producer(transaction);
        }

        void send(byte[] value) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, value);
            if (!transaction) {
                var unused = producer.send(record);
                return;
            }
            try {
                inTransaction(record);
            } catch (InvalidTxnStateException e) {
                // A busy broker of Kafka 4.1 may take a record for one of the transaction before (KAFKA-19690).
                producer.close(Duration.ZERO);
                producer = producer(true);
                inTransaction(record);
            }
        }

        private void inTransaction(ProducerRecord<byte[], byte[]> record) {
            producer.beginTransaction();
            var unused = producer.send(record);
            producer.commitTransaction();
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private KafkaProducer<byte[], byte[]> producer(boolean transaction) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", suite.bootstrapServers());
        properties.put("linger.ms", 0);
        properties.put("acks", "all");
        if (transaction) {
            properties.put("transactional.id", "bench-floor");
        }
        var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        if (transaction) {
            producer.initTransactions();
        }
        return producer;
    }

    private KafkaConsumer<byte[], byte[]> consumer(boolean transaction) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", suite.bootstrapServers());
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", transaction ? "read_committed" : "read_uncommitted");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void openVSwitch() throws IOException, InterruptedException {
        try (ScratchBridge bridge = new ScratchBridge(suite, "c")) {
            OpenFlowConnection connection = bridge.connection();
            sample("Open vSwitch barrier p50", "Open vSwitch barrier p99", connection::barrier);
            for (int repeat = 0; repeat < options.repeats(); repeat++) {
                long begin = System.nanoTime();
                for (int i = 0; i < FLOW_MOD_COUNT; i++) {
                    connection.addRule(1 + i / 4_000, 1 + i % 4_000);
                }
                connection.barrier();
                report.add(FLOW_MODS, FLOW_MOD_COUNT * 1e9 / (System.nanoTime() - begin));
                connection.deleteAll();
                connection.barrier();
            }
            report.close(FLOW_MODS, "/s");
        }
    }

    private interface Measured {
        void run() throws IOException;
    }

    private void sample(String p50, String p99, Measured action) throws IOException {
        for (int i = 0; i < options.rounds(); i++) {
            action.run();
        }
        for (int repeat = 0; repeat < options.repeats(); repeat++) {
            long[] nanos = new long[options.rounds()];
            for (int i = 0; i < nanos.length; i++) {
                long begin = System.nanoTime();
                action.run();
                nanos[i] = System.nanoTime() - begin;
            }
            report.add(p50, Figure.percentile(nanos, 50) / 1e6);
            report.add(p99, Figure.percentile(nanos, 99) / 1e6);
        }
        report.close(p50, "ms");
        report.close(p99, "ms");
    }
}
