package io.vlink.networkapi.services;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.services.Absence;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A service as this instance hears it.
 *
 * @param message what is wrong with it, for people; absent if nothing is
 * @param since when it became so
 * @param unservedPartitions partition numbers that none of its instances serves
 */
@Schema(name = "Service")
record ShownService(
        String name,
        ServiceState state,
        @Nullable String message,
        @Nullable Instant since,
        List<Integer> unservedPartitions,
        List<Instance> instances) {

    /** Whether it works. */
    enum ServiceState {
        /** It is heard and serves everything. */
        @JsonProperty("present")
        PRESENT,
        /** It is heard, but does not serve everything, or leaves switches alone. */
        @JsonProperty("incomplete")
        INCOMPLETE,
        /** None of its instances is heard. */
        @JsonProperty("missing")
        MISSING,
        /** This instance hears no service. */
        @JsonProperty("unknown")
        UNKNOWN
    }

    /**
     * One process of it.
     *
     * @param state {@code left} if it was stopped, {@code silent} if its reports ceased
     * @param reason why it is not ready; absent if it is
     * @param partitions partition numbers that it serves
     * @param heardAt when its last report arrived
     * @param suite of a switch-gateway: the suite that its data belongs to; absent while unknown
     * @param doubt of a switch-gateway: why it leaves switches alone, and what to do; absent if it does not
     */
    record Instance(
            String name,
            InstanceState state,
            @Nullable String reason,
            List<Integer> partitions,
            Instant startedAt,
            Instant heardAt,
            @Nullable String suite,
            @Nullable String doubt) {}

    /** Whether an instance is present. */
    enum InstanceState {
        @JsonProperty("present")
        PRESENT,
        @JsonProperty("left")
        LEFT,
        @JsonProperty("silent")
        SILENT
    }

    static ShownService of(Services.ServicePresence seen, @Nullable Absence deaf) {
        Absence trouble = deaf == null ? seen.trouble() : deaf;
        String doubts = seen.instances().stream()
                .filter(Services.InstancePresence::isPresent)
                .map(heard -> heard.said().doubt())
                .flatMap(Stream::ofNullable)
                .collect(Collectors.joining(" "));
        ServiceState state = deaf != null
                ? ServiceState.UNKNOWN
                : seen.absence() != null
                        ? ServiceState.MISSING
                        : trouble == null ? ServiceState.PRESENT : ServiceState.INCOMPLETE;
        return new ShownService(
                seen.service(),
                state == ServiceState.PRESENT && !doubts.isEmpty() ? ServiceState.INCOMPLETE : state,
                trouble != null ? trouble.words() + "." : doubts.isEmpty() ? null : doubts,
                trouble == null ? null : trouble.since(),
                List.copyOf(new TreeSet<>(seen.unserved().keySet())),
                seen.instances().stream().map(ShownService::instance).toList());
    }

    private static Instance instance(Services.InstancePresence heard) {
        ServiceInstance said = heard.said();
        return new Instance(
                said.instance(),
                said.state() == ServiceInstance.State.LEFT
                        ? InstanceState.LEFT
                        : heard.silent() ? InstanceState.SILENT : InstanceState.PRESENT,
                said.reason(),
                said.partitions(),
                said.startedAt(),
                heard.at(),
                said.suite(),
                heard.isPresent() ? said.doubt() : null);
    }
}
