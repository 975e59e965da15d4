package io.vlink.events.services;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which services are there, as one instance hears them. Immutable.
 *
 * @param seen by name: those that are always expected, and those that were heard
 * @param deaf present where this instance hears Kafka no more: then nothing is known of the others but what was
 */
public record Services(Map<String, Seen> seen, @Nullable Absence deaf) {

    public static final String NETWORK_API = "network-api";
    public static final String PATH_SERVICE = "path-service";
    public static final String FLOW_SERVICE = "flow-service";
    public static final String SWITCH_GATEWAY = "switch-gateway";
    /** Those without which nothing works, so that they are missed though they were never heard. */
    public static final List<String> EXPECTED = List.of(NETWORK_API, PATH_SERVICE, FLOW_SERVICE, SWITCH_GATEWAY);

    public static final String OPERATOR = "operator";
    /** All that there can be. */
    public static final Set<String> KNOWN = Set.of(NETWORK_API, PATH_SERVICE, FLOW_SERVICE, SWITCH_GATEWAY, OPERATOR);

    /** What an operator does about data of Kafka that is not what it was. */
    public static final String WHAT_TO_DO =
            "Nothing in the switches is touched. Bring the right data of Kafka back, or decide what becomes of them: \"./vlink suite\", in Kubernetes \"kubectl -n vlink-system exec switch-gateway-0 -- suite\" (/v1/possession at the gateway).";

    /** Before anything was heard. */
    public static final Services UNKNOWN = new Services(Map.of(), null);

    public Services {
        seen = Map.copyOf(seen);
    }

    /**
     * One service.
     *
     * @param absence present where none of its instances is heard
     * @param unserved the partition numbers that none of its instances serves, with what is to be said of them; all of
     *     them while it is absent. None of a service that shares out no partitions
     * @param instances as they spoke last, by name
     */
    public record Seen(
            String service, @Nullable Absence absence, Map<Integer, Absence> unserved, List<Heard> instances) {
        public Seen {
            unserved = Map.copyOf(unserved);
            instances = List.copyOf(instances);
        }

        /** Why it does not do all that it is there for; absent where it does. */
        public @Nullable Absence trouble() {
            return absence != null
                    ? absence
                    : unserved.isEmpty()
                            ? null
                            : new TreeMap<>(unserved).firstEntry().getValue();
        }
    }

    /**
     * One instance.
     *
     * @param said its last record
     * @param at when that was written
     * @param silent whether it is silent for too long
     */
    public record Heard(ServiceInstance said, Instant at, boolean silent) {
        public boolean isPresent() {
            return !silent && said.state() == ServiceInstance.State.PRESENT;
        }
    }

    /** Why nobody serves a partition number of a service; absent where somebody does. What is known of Kafka comes first. */
    public @Nullable Absence missing(String service, int partition) {
        if (deaf != null) {
            return deaf;
        }
        Seen of = seen.get(service);
        return of == null ? null : of.unserved().getOrDefault(partition, of.absence());
    }

    /** The same of a service as a whole. */
    public @Nullable Absence missing(String service) {
        if (deaf != null) {
            return deaf;
        }
        Seen of = seen.get(service);
        return of == null ? null : of.absence();
    }

    /** What present gateways doubt, each with its instance's name in front, in the order of those. */
    public List<String> doubts() {
        return gateways()
                .filter(said -> said.doubt() != null)
                .map(said -> SWITCH_GATEWAY + " (" + said.instance() + "): " + said.doubt())
                .sorted()
                .toList();
    }

    /** Whether a present gateway works with this suite's data, and none doubts that of Kafka. */
    public boolean worksWith(String suite) {
        return doubts().isEmpty() && gateways().anyMatch(said -> suite.equals(said.suite()));
    }

    private Stream<ServiceInstance> gateways() {
        Seen of = seen.get(SWITCH_GATEWAY);
        return of == null
                ? Stream.of()
                : of.instances().stream().filter(Heard::isPresent).map(Heard::said);
    }

    /** Whether everything that is known to be there is there. */
    public boolean isComplete() {
        return deaf == null && seen.values().stream().allMatch(of -> of.trouble() == null);
    }

    /** The partition numbers of a service of which there is other news than {@code before}. */
    public Set<Integer> changedPartitions(Services before, String service) {
        Set<Integer> numbers = new LinkedHashSet<>(unserved(service));
        numbers.addAll(before.unserved(service));
        numbers.removeIf(
                number -> Objects.equals(missingOf(this, service, number), missingOf(before, service, number)));
        return numbers;
    }

    private Collection<Integer> unserved(String service) {
        Seen of = seen.get(service);
        return of == null ? Set.of() : of.unserved().keySet();
    }

    private static @Nullable Absence missingOf(Services services, String service, int partition) {
        Seen of = services.seen.get(service);
        return of == null ? null : of.unserved().get(partition);
    }
}
