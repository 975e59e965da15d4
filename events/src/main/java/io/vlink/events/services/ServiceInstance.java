package io.vlink.events.services;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One running instance of a service, in its own words. Key: {@code service/instance}. Written every two seconds by an
 * instance that decides, and once when it leaves; one that writes no more is gone, stuck, or cut off from Kafka.
 *
 * @param service such as {@code path-service}
 * @param instance names it among those of its service
 * @param startedAt when its process began; another one under the same name has another
 * @param beat counts its records since then, from 1
 * @param state whether it goes on
 * @param reason why it is not ready, for people; absent where it is
 * @param partitions the partition numbers that it serves: owned, and loaded
 * @param sightings of a switch-gateway: those who claim switches of other instances, as far as they may be others; absent:
 *     none
 * @param suite of a switch-gateway: which suite's data it works with, 16 hex digits; absent while it does not know, or has not
 *     had the time to hear its switches
 * @param doubt of a switch-gateway: that it leaves switches alone, as Kafka's data is not that by which they were set up, and what
 *     to do, for people; absent where that keeps nobody from working
 * @param member as which member of its service's consumer group it reads, by Kafka's member id; absent while it is in none
 * @param reads up to which generation it reads internal records; absent in beats of builds that do not say it: 0
 */
public record ServiceInstance(
        String service,
        String instance,
        Instant startedAt,
        long beat,
        State state,
        @Nullable String reason,
        List<Integer> partitions,
        @Nullable List<Sighting> sightings,
        @Nullable String suite,
        @Nullable String doubt,
        @Nullable String member,
        @Nullable Integer reads) {

    /** Where it stands. */
    public static final TypedTopic<String, ServiceInstance> TOPIC =
            new TypedTopic<>(Topic.SERVICES, ServiceInstance.class, Function.identity(), ServiceInstance::key);

    /** Whether it goes on. */
    public enum State {
        /** It is there, and decides. */
        @JsonProperty("present")
        PRESENT,
        /** It was stopped in an orderly way. */
        @JsonProperty("left")
        LEFT
    }

    public ServiceInstance {
        partitions = List.copyOf(partitions);
        sightings = sightings == null ? null : List.copyOf(sightings);
    }

    /** One that saw nobody who claims a switch of another, and says nothing of Kafka's data, nor what it reads. */
    public ServiceInstance(
            String service,
            String instance,
            Instant startedAt,
            long beat,
            State state,
            @Nullable String reason,
            List<Integer> partitions) {
        this(service, instance, startedAt, beat, state, reason, partitions, null, null, null, null, null);
    }

    /** The key of its record. */
    public String key() {
        return service + "/" + instance;
    }
}
