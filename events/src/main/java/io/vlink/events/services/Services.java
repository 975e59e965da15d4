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
 * The services that are present, as one instance sees them. Immutable.
 *
 * @param seen by name: the services that are always expected, and those that were heard
 * @param deaf present where this instance no longer hears Kafka: then the state of the others is only the last known
 *     one
 */
public record Services(
        Map<String, ServicePresence> seen, @Nullable Absence deaf) {

    public static final String NETWORK_API = "network-api";
    public static final String PATH_SERVICE = "path-service";
    public static final String FLOW_SERVICE = "flow-service";
    public static final String SWITCH_GATEWAY = "switch-gateway";
    /** The services without which nothing works; they count as missing even if they were never heard. */
    public static final List<String> EXPECTED = List.of(NETWORK_API, PATH_SERVICE, FLOW_SERVICE, SWITCH_GATEWAY);

    public static final String OPERATOR = "operator";
    /** All services. */
    public static final Set<String> KNOWN = Set.of(NETWORK_API, PATH_SERVICE, FLOW_SERVICE, SWITCH_GATEWAY, OPERATOR);

    /** What an operator does if Kafka's data is not the expected data. */
    public static final String WHAT_TO_DO =
            "Nothing in the switches is touched. Restore the right Kafka data, or decide what becomes of the switches: \"./vlink suite\", in Kubernetes \"kubectl -n vlink-system exec switch-gateway-0 -- suite\" (/v1/possession at the gateway).";

    /** The state before anything was heard. */
    public static final Services UNKNOWN = new Services(Map.of(), null);

    public Services {
        seen = Map.copyOf(seen);
    }

    /**
     * One service.
     *
     * @param absence present where none of its instances is heard
     * @param unserved the partition numbers that none of its instances serves, with the reason; all of them while the
     *     service is absent; none for a service without partitions
     * @param instances the last known instances, by name
     */
    public record ServicePresence(
            String service,
            @Nullable Absence absence,
            Map<Integer, Absence> unserved,
            List<InstancePresence> instances) {
        public ServicePresence {
            unserved = Map.copyOf(unserved);
            instances = List.copyOf(instances);
        }

        /** Why it does not fully work; null where it does. */
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
     * @param silent whether it has been silent for too long
     */
    public record InstancePresence(ServiceInstance said, Instant at, boolean silent) {
        public boolean isPresent() {
            return !silent && said.state() == ServiceInstance.State.PRESENT;
        }
    }

    /**
     * Why no instance of a service serves a partition number; null where one does. Trouble with Kafka takes precedence.
     */
    public @Nullable Absence missing(String service, int partition) {
        if (deaf != null) {
            return deaf;
        }
        ServicePresence of = seen.get(service);
        return of == null ? null : of.unserved().getOrDefault(partition, of.absence());
    }

    /** The same for a service as a whole. */
    public @Nullable Absence missing(String service) {
        if (deaf != null) {
            return deaf;
        }
        ServicePresence of = seen.get(service);
        return of == null ? null : of.absence();
    }

    /** The doubts of present gateways, each after its instance's name, in the order of these names. */
    public List<String> doubts() {
        return gateways()
                .filter(said -> said.doubt() != null)
                .map(said -> SWITCH_GATEWAY + " (" + said.instance() + "): " + said.doubt())
                .sorted()
                .toList();
    }

    /** Whether a present gateway uses this suite's data, and none doubts Kafka's data. */
    public boolean worksWith(String suite) {
        return doubts().isEmpty() && gateways().anyMatch(said -> suite.equals(said.suite()));
    }

    private Stream<ServiceInstance> gateways() {
        ServicePresence of = seen.get(SWITCH_GATEWAY);
        return of == null
                ? Stream.of()
                : of.instances().stream().filter(InstancePresence::isPresent).map(InstancePresence::said);
    }

    /** Whether all known services are present and complete. */
    public boolean isComplete() {
        return deaf == null && seen.values().stream().allMatch(of -> of.trouble() == null);
    }

    /** Returns the partition numbers of a service whose state differs from {@code before}. */
    public Set<Integer> changedPartitions(Services before, String service) {
        Set<Integer> numbers = new LinkedHashSet<>(unserved(service));
        numbers.addAll(before.unserved(service));
        numbers.removeIf(
                number -> Objects.equals(missingOf(this, service, number), missingOf(before, service, number)));
        return numbers;
    }

    private Collection<Integer> unserved(String service) {
        ServicePresence of = seen.get(service);
        return of == null ? Set.of() : of.unserved().keySet();
    }

    private static @Nullable Absence missingOf(Services services, String service, int partition) {
        ServicePresence of = services.seen.get(service);
        return of == null ? null : of.unserved().get(partition);
    }
}
