package io.vlink.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The settings that make a small broker start fast, answer fast and use little memory; all others are Kafka's defaults.
 */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final int LARGEST_RECORD = 2 * 1024 * 1024;
    private static final int BATCH_OVERHEAD = 64 * 1024;

    private BrokerSettings() {}

    static Properties of(String host, int port, int controllerPort, Path directory) {
        var settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", String.valueOf(NODE_ID),
                "controller.quorum.voters", "%d@%s:%d".formatted(NODE_ID, host, controllerPort),
                "controller.listener.names", CONTROLLER,
                "listeners", "PLAINTEXT://%1$s:%2$d,%3$s://%1$s:%4$d".formatted(host, port, CONTROLLER, controllerPort),
                "advertised.listeners", "PLAINTEXT://%s:%d".formatted(host, port),
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER),
                "log.dirs", directory.toString()));
        aloneInTheCluster(settings);
        quick(settings);
        light(settings);
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", String.valueOf(LARGEST_RECORD + BATCH_OVERHEAD));
        return settings;
    }

    private static void aloneInTheCluster(Properties settings) {
        settings.put("num.partitions", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void quick(Properties settings) {
        settings.put("group.initial.rebalance.delay.ms", "0"); // 3 s before a consumer's first poll otherwise
        settings.put("group.min.session.timeout.ms", "1000"); // replaces a dead service within seconds
        // A killed broker may only register again after its old session has ended: 9 s otherwise.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("group.coordinator.append.linger.ms", "0"); // a synchronous commit costs 5 ms otherwise
        // A transaction that begins while the previous one is still being marked waits this long: 20 ms otherwise.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
    }

    private static void light(Properties settings) {
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152"); // 128 MiB of heap otherwise
    }
}
