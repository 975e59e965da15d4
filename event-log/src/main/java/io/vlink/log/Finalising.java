package io.vlink.log;

import io.vlink.events.Topic;
import io.vlink.events.services.Services;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Has a suite's services write internal records as this build has them, once an upgrade is to stay: from then on builds of
 * before refuse to start, and nothing but a copy of Kafka's data leads back. An operator's decision; nobody else calls it.
 */
public final class Finalising {

    /** Which generation a member of a service's group reads is said by its client id; builds of before said none. */
    private static final String READS = "-reads-";

    private static final Pattern CLIENT = Pattern.compile(".*" + READS + "([0-9]{1,6})");

    private Finalising() {}

    /** What came of it. */
    public sealed interface Outcome {

        /** It is written already. */
        record Already(int generation) implements Outcome {}

        /**
         * It is written by each service from when it loads its partitions next, at the latest from its next start on.
         *
         * @param late members that came meanwhile and do not read it; to be stopped at once
         */
        record Raised(int from, int to, List<String> late) implements Outcome {
            public Raised {
                late = List.copyOf(late);
            }
        }

        /**
         * Nothing was changed.
         *
         * @param why one sentence for each reason
         */
        record Refused(List<String> why) implements Outcome {
            public Refused {
                why = List.copyOf(why);
            }
        }
    }

    /**
     * Does it, unless a service that runs does not read the newest generation.
     *
     * @throws ExecutionException if Kafka cannot be asked, or refuses
     */
    public static Outcome finalise(Admin admin) throws ExecutionException, InterruptedException {
        int newest = Topic.generation();
        int partitions;
        int from;
        try {
            Map<String, TopicDescription> topics = admin.describeTopics(
                            List.of(Topic.PATHS.topicName(), Topic.DEAD_LETTERS.topicName()))
                    .allTopicNames()
                    .get();
            partitions = count(topics, Topic.PATHS);
            from = TopicSetup.generation(count(topics, Topic.DEAD_LETTERS), partitions, newest);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new Outcome.Refused(
                        List.of("Not all topics of Vlink are there; a service makes them when it starts."));
            }
            throw e;
        } catch (IllegalStateException e) {
            return new Outcome.Refused(List.of(String.valueOf(e.getMessage())));
        }
        if (from == newest) {
            return new Outcome.Already(newest);
        }
        List<String> behind = behind(admin, newest);
        if (!behind.isEmpty()) {
            return new Outcome.Refused(behind);
        }
        TopicSetup.raise(admin, partitions, newest);
        return new Outcome.Raised(from, newest, behind(admin, newest));
    }

    private static int count(Map<String, TopicDescription> topics, Topic topic) {
        return Objects.requireNonNull(topics.get(topic.topicName()))
                .partitions()
                .size();
    }

    /** Who runs and does not read a generation. */
    private static List<String> behind(Admin admin, int generation) throws ExecutionException, InterruptedException {
        List<String> behind = new ArrayList<>();
        for (var group : admin.describeConsumerGroups(Services.EXPECTED)
                .describedGroups()
                .entrySet()) {
            behind.addAll(behind(group.getKey(), members(group.getValue()), generation));
        }
        return behind;
    }

    private static Collection<MemberDescription> members(KafkaFuture<ConsumerGroupDescription> group)
            throws ExecutionException, InterruptedException {
        try {
            return group.get().members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    /** Of the members of one service's group those that do not read a generation, each in a sentence. */
    static List<String> behind(String service, Collection<MemberDescription> members, int generation) {
        return members.stream()
                .filter(member -> reads(member.clientId()) < generation)
                .map(member ->
                        "%s at %s%s reads internal records up to generation %d, and this is %d. Replace it by this build, or stop it, first."
                                .formatted(
                                        service,
                                        member.host().replace("/", ""),
                                        member.groupInstanceId()
                                                .map(id -> " (" + id + ")")
                                                .orElse(""),
                                        reads(member.clientId()),
                                        generation))
                .sorted()
                .toList();
    }

    /** The client id of a member of a service's group. */
    static String clientId(String service) {
        return service + READS + Topic.generation();
    }

    private static int reads(String clientId) {
        Matcher said = CLIENT.matcher(clientId);
        return said.matches() ? Integer.parseInt(said.group(1)) : 0;
    }
}
