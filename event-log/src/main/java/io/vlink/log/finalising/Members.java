package io.vlink.log.finalising;

import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.reading.OneReading;
import io.vlink.log.schema.UnreadableEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The members of the consumer groups of a suite's services, which may be assigned partitions, and their reports in
 * heartbeats. Joins no group. Not thread-safe.
 */
final class Members {

    private static final Logger LOG = Logger.getLogger(Members.class);
    private static final TopicPartition BEATS = new TopicPartition(Topic.SERVICES.topicName(), 0);
    /** How long Kafka may send nothing while earlier heartbeats are read. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** Kafka does not announce changes of a group, so it is polled at this interval. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Admin admin;
    private final Consumer<String, byte[]> beats;
    private final Map<String, Integer> said = new HashMap<>();

    /**
     * A member of a service's group.
     *
     * @param id Kafka's member id: a new one with each join, even for an instance that returns under its name
     * @param name for people: its service, and its instance if it has a name, otherwise its host
     */
    record GroupMember(String id, String name) {}

    /**
     * Creates an instance without any reports.
     *
     * @param beats has no assignment; used by this object only
     */
    Members(Admin admin, Consumer<String, byte[]> beats) {
        this.admin = admin;
        this.beats = beats;
    }

    /**
     * Returns the members that do not read a generation of internal records, one sentence each. A killed member remains
     * until its session ends, and a new one may not have reported yet, so the check is repeated while any such member
     * is left.
     *
     * @param watch how long to look for members at least, since more may join
     * @param patience how long to wait for members that are behind; at least {@code watch}
     */
    List<String> behind(int generation, Duration watch, Duration patience)
            throws ExecutionException, InterruptedException {
        listen();
        long begun = System.nanoTime();
        List<String> behind = behind(now(), said, generation);
        while (System.nanoTime() - begun < (behind.isEmpty() ? watch : patience).toNanos()) {
            listen();
            behind = behind(now(), said, generation);
        }
        return behind;
    }

    /**
     * Returns those of the members that do not read a generation, one sentence each.
     *
     * @param said the generation up to which each member reads, by its id, as far as reported
     */
    static List<String> behind(Collection<GroupMember> members, Map<String, Integer> said, int generation) {
        return members.stream()
                .filter(member -> said.getOrDefault(member.id(), -1) < generation)
                .map(member -> "%s %s. Replace it with this build, or stop it, first."
                        .formatted(member.name(), whatIsAmiss(said.get(member.id()), generation)))
                .sorted()
                .toList();
    }

    private static String whatIsAmiss(@Nullable Integer reads, int generation) {
        return reads == null
                ? "does not report that it reads generation %d of internal records: it runs an earlier build, or is stuck"
                        .formatted(generation)
                : "reads internal records only up to generation %d, not %d".formatted(reads, generation);
    }

    private List<GroupMember> now() throws ExecutionException, InterruptedException {
        List<GroupMember> members = new ArrayList<>();
        for (var group : admin.describeConsumerGroups(Services.EXPECTED)
                .describedGroups()
                .entrySet()) {
            for (MemberDescription member : members(group.getValue())) {
                // The host of a member that returned under its name is also that of the member that it replaced.
                String which = member.groupInstanceId()
                        .map(" (%s)"::formatted)
                        .orElseGet(() -> " at " + member.host().replace("/", ""));
                members.add(new GroupMember(member.consumerId(), group.getKey() + which));
            }
        }
        return members;
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

    /** Processes the heartbeats until now; in later calls, those that arrive within one pause. */
    private void listen() throws ExecutionException, InterruptedException {
        if (!beats.assignment().isEmpty()) {
            beats.poll(PAUSE).forEach(this::take);
        } else if (admin.listTopics().names().get().contains(BEATS.topic())) {
            new OneReading(beats, SILENCE).read(beats.beginningOffsets(Set.of(BEATS)), () -> true, this::take);
        } else {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos()); // no service of a build that reports has run yet
        }
    }

    /** A member's report remains valid: a process does not change its build. */
    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            ServiceInstance instance = EventJson.read(Entry.of(Topic.SERVICES, record), ServiceInstance.class);
            if (instance.member() != null) {
                said.put(instance.member(), Objects.requireNonNullElse(instance.reads(), 0));
            }
        } catch (UnreadableEvent e) {
            LOG.debugf("Not understood: %s", e.getMessage());
        }
    }
}
