package io.vlink.topics;

import java.util.Map;

/** A topic on a Kafka; the settings include the brokers' defaults. */
record FoundTopic(int partitions, int replicas, Map<String, String> settings) {

    FoundTopic {
        settings = Map.copyOf(settings);
    }

    String setting(String name) {
        return settings.getOrDefault(name, "absent");
    }
}
