package io.vlink.log.reading;

import io.vlink.events.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The topics that a reader reads, by their names in Kafka. */
public final class AskedTopics {

    private final Map<String, Topic> byName;

    public AskedTopics(List<Topic> topics) {
        byName = topics.stream().distinct().collect(Collectors.toUnmodifiableMap(Topic::topicName, topic -> topic));
    }

    int size() {
        return byName.size();
    }

    public boolean holds(String name) {
        return byName.containsKey(name);
    }

    /**
     * Returns the topic with the given name.
     *
     * @throws IllegalStateException if this reader does not read it
     */
    public Topic of(String name) {
        Topic topic = byName.get(name);
        if (topic == null) {
            throw new IllegalStateException("The topic %s was not requested by this reader.".formatted(name));
        }
        return topic;
    }
}
