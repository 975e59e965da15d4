package io.vlink.log;

import io.vlink.events.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The topics that a reader asks Kafka for, by their names there. */
final class AskedTopics {

    private final Map<String, Topic> byName;

    AskedTopics(List<Topic> topics) {
        byName = topics.stream().distinct().collect(Collectors.toUnmodifiableMap(Topic::topicName, topic -> topic));
    }

    int size() {
        return byName.size();
    }

    boolean holds(String name) {
        return byName.containsKey(name);
    }

    /**
     * The topic of that name.
     *
     * @throws IllegalStateException if it was never asked for
     */
    Topic of(String name) {
        Topic topic = byName.get(name);
        if (topic == null) {
            throw new IllegalStateException("The topic %s was never asked for.".formatted(name));
        }
        return topic;
    }
}
