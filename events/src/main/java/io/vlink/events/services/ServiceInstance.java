package io.vlink.events.services;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One running instance of a service, as it reports itself. Key: {@code service/instance}. Written every two seconds by
 * a working instance, and once when it leaves. An instance that stops writing is gone, stuck, or cut off from Kafka.
 *
 * @param service the service's name, such as {@code path-service}
 * @param instance the instance's name, unique within the service
 * @param startedAt when its process began; distinguishes processes of the same name
 * @param beat counts its records since then, from 1
 * @param state whether it continues
 * @param reason why it is not ready, for people; absent when ready
 * @param partitions the partition numbers that it serves: owned, and loaded
 * @param sightings from a switch-gateway: devices that claim switches of other instances, and may be other switches;
 *     absent: none
 * @param suite from a switch-gateway: the suite whose data it uses, 16 hex digits; absent while it is not known, or
 *     while the gateway waits to hear its switches
 * @param doubt from a switch-gateway: why it leaves switches alone (Kafka's data is not the data that configured them),
 *     and what to do, for people; absent where nothing keeps it from working
 * @param member its member id in its service's consumer group, as Kafka assigned it; absent while it is in none
 * @param reads the latest generation of internal records that it reads; absent in beats of builds that do not report
 *     it: 0
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

    /** The topic of these records. */
    public static final TypedTopic<String, ServiceInstance> TOPIC =
            new TypedTopic<>(Topic.SERVICES, ServiceInstance.class, Function.identity(), ServiceInstance::key);

    /** Whether the instance continues. */
    public enum State {
        /** It is running and working. */
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

    /** An instance without sightings, that reports neither Kafka's data nor the generation that it reads. */
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
