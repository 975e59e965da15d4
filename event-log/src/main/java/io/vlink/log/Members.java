package io.vlink.log;

import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
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
 * Who may be given partitions of a suite's services, by their consumer groups, and what each said of itself in its beats. It
 * joins no group. Belongs to one thread.
 */
final class Members {

    private static final Logger LOG = Logger.getLogger(Members.class);
    private static final TopicPartition BEATS = new TopicPartition(Topic.SERVICES.topicName(), 0);
    /** How long Kafka may tell nothing of what was said before. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** Kafka tells nobody that a group has changed, so it is asked so often. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Admin admin;
    private final Consumer<String, byte[]> beats;
    private final Map<String, Integer> said = new HashMap<>();

    /**
     * A member of a service's group.
     *
     * @param id Kafka's: another one with each joining, also of an instance that comes back under its name
     * @param name for people: its service, and its instance where that has a name, else its host
     */
    record Member(String id, String name) {}

    /**
     * Makes one that knows nothing yet.
     *
     * @param beats has nothing assigned; reads for nobody else
     */
    Members(Admin admin, Consumer<String, byte[]> beats) {
        this.admin = admin;
        this.beats = beats;
    }

    /**
     * Those that do not read a generation of internal records, each in a sentence. One that was killed is a member until its
     * session ends, and one that has just joined may not have spoken: so as long as there are any, they are looked at again.
     *
     * @param watch for how long it is looked for members at least, as more may come
     * @param patience how long those are waited for that are behind; at least as long
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
     * Of members those that do not read a generation, each in a sentence.
     *
     * @param said up to which generation each reads, by the member's id, as far as it said so
     */
    static List<String> behind(Collection<Member> members, Map<String, Integer> said, int generation) {
        return members.stream()
                .filter(member -> said.getOrDefault(member.id(), -1) < generation)
                .map(member -> "%s %s. Replace it by this build, or stop it, first."
                        .formatted(member.name(), whatIsAmiss(said.get(member.id()), generation)))
                .sorted()
                .toList();
    }

    private static String whatIsAmiss(@Nullable Integer reads, int generation) {
        return reads == null
                ? "does not say that it reads generation %d of internal records: it is of a build before, or stuck"
                        .formatted(generation)
                : "reads internal records up to generation %d, and this is %d".formatted(reads, generation);
    }

    private List<Member> now() throws ExecutionException, InterruptedException {
        List<Member> members = new ArrayList<>();
        for (var group : admin.describeConsumerGroups(Services.EXPECTED)
                .describedGroups()
                .entrySet()) {
            for (MemberDescription member : members(group.getValue())) {
                // The host of one that came back under its name is that of whom it replaced, too.
                String which = member.groupInstanceId()
                        .map(" (%s)"::formatted)
                        .orElseGet(() -> " at " + member.host().replace("/", ""));
                members.add(new Member(member.consumerId(), group.getKey() + which));
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

    /** Takes in what was said until now; later what is said within a pause. */
    private void listen() throws ExecutionException, InterruptedException {
        if (!beats.assignment().isEmpty()) {
            beats.poll(PAUSE).forEach(this::take);
        } else if (admin.listTopics().names().get().contains(BEATS.topic())) {
            new OneReading(beats, SILENCE).read(beats.beginningOffsets(Set.of(BEATS)), () -> true, this::take);
        } else {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos()); // no service of a build that says anything ran yet
        }
    }

    /** What a member said holds as long as it is one: no process changes its build. */
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
