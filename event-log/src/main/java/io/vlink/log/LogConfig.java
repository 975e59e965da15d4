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
 * How a service uses the log.
 *
 * @param service the service's name; also its consumer group and the beginning of its transactional ids
 * @param instanceId names this instance in the group, so that it takes its partitions over at once after a restart; absent:
 *     partitions of a killed instance come back after the session timeout
 * @param bootstrapServers where Kafka is
 * @param partitions partitions of each topic; must be that of the topics where they exist
 * @param owned topics whose partitions are shared out among the instances; one partition number belongs to one instance
 *     across all of them
 * @param outputs those of the topics that nobody but this service writes. Once they are read to their end they are not
 *     fetched again where the log is fenced, and seldom where a late writer may still show in them
 * @param whole topics that every instance reads whole
 * @param fenced whether each partition number has a single writer, and earlier ones are fenced off
 * @param onLoss what to do when Kafka's data is not what it was. Unless nothing, Kafka is asked for it every few seconds, and
 *     whenever partitions were loaded
 * @param watched topics that are read elsewhere and are to be loaded again, too, where one of them was recreated; those named
 *     above are watched anyway
 * @param joined topics that the group is joined for besides {@code owned}, and of which it is given nothing to read. Kafka shares
 *     out each topic among those members that named it: where members of two builds named different ones, one partition number
 *     would have an owner of each build. So what was named once is named for ever
 * @param client further Kafka client properties, such as those of TLS; they win over what the log sets
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

    /** One that joins its group for nothing but what it owns. */
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

    /** What is read, all of it or a share. */
    Set<Topic> read() {
        return Stream.concat(owned.stream(), whole.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Holds what is read against what is taken in: of what is taken in and not read nothing would ever come, without a word.
     *
     * @throws IllegalArgumentException naming what is only read, or only taken in
     */
    static void requireSame(String service, Set<Topic> read, Set<Topic> taken) {
        if (!read.equals(taken)) {
            throw new IllegalArgumentException(
                    "What %s reads (LogConfig) must be what it takes in (Inbox): %s is only read, %s only taken in."
                            .formatted(service, without(read, taken), without(taken, read)));
        }
    }

    private static Set<Topic> without(Set<Topic> some, Set<Topic> others) {
        Set<Topic> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }

    /** Names of the topics for which the group is joined. */
    Set<String> subscribed() {
        return Stream.concat(owned.stream(), joined.stream())
                .map(Topic::topicName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
