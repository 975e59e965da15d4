package io.vlink.log;

import io.vlink.events.Topic;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service's use of the log.
 *
 * @param service the service's name; also its consumer group and the prefix of its transactional ids
 * @param instanceId the name of this instance in the group, by which it gets its partitions back at once after a
 *     restart; absent: partitions of a killed instance are reassigned after the session timeout
 * @param bootstrapServers the addresses of Kafka
 * @param partitions the number of partitions of each topic; must equal that of existing topics
 * @param owned topics whose partitions are divided among the instances; one partition number belongs to one instance
 *     across all of them
 * @param outputs topics that only this service writes. After loading they are not fetched again where the log is
 *     fenced, and rarely where a late writer may still appear in them
 * @param whole topics that every instance reads whole
 * @param fenced whether each partition number has a single writer, and earlier ones are fenced off
 * @param onLoss the reaction when Kafka's data was replaced or is an older copy. Unless it is nothing, Kafka is queried every few
 *     seconds, and whenever partitions were loaded
 * @param watched topics that are read elsewhere and must be reloaded, too, if one of them was recreated; the topics
 *     above are watched anyway
 * @param joined topics that the group subscribes to besides {@code owned}, without reading them. Kafka divides each
 *     topic among the members that named it. If members of two builds named different topics, one partition number
 *     would have an owner of each build. So a topic must never be removed from the list
 * @param client further Kafka client properties, such as those of TLS; they override the log's own
 */
public record LogConfig(
        String service,
        Optional<String> instanceId,
        String bootstrapServers,
        int partitions,
        List<Topic> owned,
        List<Topic> outputs,
        List<Topic> whole,
        boolean fenced,
        OnLoss onLoss,
        List<Topic> watched,
        List<Topic> joined,
        Map<String, String> client) {

    /** A configuration whose group subscribes only to the topics that it owns. */
    public LogConfig(
            String service,
            Optional<String> instanceId,
            String bootstrapServers,
            int partitions,
            List<Topic> owned,
            List<Topic> outputs,
            List<Topic> whole,
            boolean fenced,
            OnLoss onLoss,
            List<Topic> watched,
            Map<String, String> client) {
        this(
                service,
                instanceId,
                bootstrapServers,
                partitions,
                owned,
                outputs,
                whole,
                fenced,
                onLoss,
                watched,
                List.of(),
                client);
    }

    public LogConfig {
        owned = List.copyOf(owned);
        outputs = List.copyOf(outputs);
        whole = List.copyOf(whole);
        watched = List.copyOf(watched);
        joined = List.copyOf(joined);
        client = Map.copyOf(client);
        if (!Collections.disjoint(owned, joined)) {
            throw new IllegalArgumentException(
                    "No topic may be both owned (%s) and only joined for (%s).".formatted(owned, joined));
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("The partitions (%d) must be at least 1.".formatted(partitions));
        }
        for (Topic output : outputs) {
            if (!owned.contains(output) && (fenced || !whole.contains(output))) {
                throw new IllegalArgumentException("The output (%s) must be %s."
                        .formatted(output, fenced ? "an owned topic" : "an owned topic, or one that is read whole"));
            }
        }
    }

    /** The topics that are read, in whole or in part. */
    public Set<Topic> read() {
        return Stream.concat(owned.stream(), whole.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Checks that the topics read are those that are handled: records of a topic that is handled but not read would
     * never arrive, without any error.
     *
     * @throws IllegalArgumentException naming topics that are only read, or only handled
     */
    public static void requireSame(String service, Set<Topic> read, Set<Topic> taken) {
        if (!read.equals(taken)) {
            throw new IllegalArgumentException(
                    "The topics that %s reads (LogConfig) must be those that it handles (Inbox): %s is only read, %s only handled."
                            .formatted(service, without(read, taken), without(taken, read)));
        }
    }

    private static Set<Topic> without(Set<Topic> some, Set<Topic> others) {
        Set<Topic> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }

    /** The names of the topics that the group subscribes to. */
    public Set<String> subscribed() {
        return Stream.concat(owned.stream(), joined.stream())
                .map(Topic::topicName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
