package io.vlink.operator.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The status of a network. The reconciler writes all fields except those of the addresses, which the webhook assigns:
 * {@code lastAssignedIP}, {@code assignedIPs} and {@code addresses}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record L2NetworkStatus(
        @Nullable @JsonPropertyDescription("Generation of the spec that this status describes.")
        Long observedGeneration,

        @Nullable @JsonPropertyDescription("Overlay that carries the network. It is chosen once.")
        String overlay,

        @Nullable @JsonPropertyDescription(
                "Time when this resource claimed its name in the overlay. While absent, nothing was requested for"
                        + " this resource, and a network of that name was created over REST or Kafka.")
        String ownedSince,

        @Nullable @JsonPropertyDescription("Generation of the network's record that last resulted from this resource.")
        Long recordedGeneration,

        @Nullable @JsonPropertyDescription(
                "Generations of this resource's spec, each with the generation of the network's record that resulted"
                        + " from it: the last one, and the earlier one that serves while a change is not in effect.")
        List<RecordedGeneration> generations,

        @Nullable @JsonPropertyDescription("State of the network in one word.")
        String phase,

        @Nullable @JsonPropertyDescription("Human-readable reason why the network is not Ready.")
        String message,

        @Nullable @JsonPropertyDescription("Nodes that forward traffic crosses, in order.")
        String forwardPath,

        @Nullable @JsonPropertyDescription("Nodes that reverse traffic crosses, in order.")
        String reversePath,

        @Nullable @JsonPropertyDescription(
                "Accepted: the network is validated, admitted and reserved. Attached: both ends have a pod with a"
                        + " known port. Programmed: every switch has confirmed its rules. Ready: traffic passes as"
                        + " declared. Reconciling and Stalled, as kstatus defines them, exist only while True. Each"
                        + " names in observedGeneration the generation of the spec that it describes.")
        List<Condition> conditions,

        @Nullable @JsonPropertyDescription("Available if and only if Ready is True.")
        Connectivity internalConnectivity,

        @Nullable @JsonPropertyDescription("Number of pods that are plugged into the network now.")
        Integer connectedPodCount,

        @Nullable @JsonPropertyDescription("Address that was assigned last.")
        String lastAssignedIP,

        @Nullable @JsonPropertyDescription("Addresses in use, each with the name of its pod.")
        Map<String, String> assignedIPs,

        @Nullable @JsonPropertyDescription("Pod that holds each address, and since when.")
        List<AddressClaim> addresses) {

    /** Availability in the words of L2S-M. */
    public enum Connectivity {
        @JsonProperty("Available")
        AVAILABLE,
        @JsonProperty("Unavailable")
        UNAVAILABLE,
        @JsonProperty("Unknown")
        UNKNOWN
    }

    /** A generation of the resource's spec, and the generation of the network's record that resulted from it. */
    public record RecordedGeneration(
            @JsonPropertyDescription("Generation of this resource's spec.")
            long spec,

            @JsonPropertyDescription("Generation of the network's record.")
            long recorded) {}

    /** An address that is in use, or assigned to a pod that is being admitted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AddressClaim(
            @JsonPropertyDescription("Address without its mask.")
            String address,

            @JsonPropertyDescription("Identifies the pod: the same value is in its annotation l2sm/claim.")
            String claim,

            @JsonPropertyDescription("Namespace of the pod.")
            String namespace,

            @Nullable @JsonPropertyDescription("Name of the pod, once known.")
            String pod,

            @Nullable @JsonPropertyDescription("Uid of the pod, once known.")
            String uid,

            @JsonPropertyDescription("Whether the pod asked for this very address.")
            boolean stated,

            @JsonPropertyDescription("Time when it was assigned.")
            String since) {}

    L2NetworkStatus withConnectedPods(int count) {
        return new L2NetworkStatus(
                observedGeneration,
                overlay,
                ownedSince,
                recordedGeneration,
                generations,
                phase,
                message,
                forwardPath,
                reversePath,
                conditions,
                internalConnectivity,
                count,
                lastAssignedIP,
                assignedIPs,
                addresses);
    }

    /** Returns this status while Kafka's data is in doubt. */
    L2NetworkStatus withDoubt(String words, List<Condition> all) {
        return new L2NetworkStatus(
                observedGeneration,
                overlay,
                ownedSince,
                recordedGeneration,
                generations,
                "Ready".equals(phase) ? "Unknown" : phase,
                words,
                forwardPath,
                reversePath,
                all,
                Connectivity.UNKNOWN,
                connectedPodCount,
                null,
                null,
                null);
    }

    /** Returns this status with other addresses. */
    L2NetworkStatus withAddresses(@Nullable String last, List<AddressClaim> claims) {
        Map<String, String> assigned = new TreeMap<>();
        for (AddressClaim claim : claims) {
            assigned.put(claim.address(), claim.pod() == null ? claim.claim() : claim.pod());
        }
        return new L2NetworkStatus(
                observedGeneration,
                overlay,
                ownedSince,
                recordedGeneration,
                generations,
                phase,
                message,
                forwardPath,
                reversePath,
                conditions,
                internalConnectivity,
                connectedPodCount,
                last,
                assigned,
                List.copyOf(claims));
    }

    /** Returns the part that the reconciler writes. */
    L2NetworkStatus withoutAddresses() {
        return new L2NetworkStatus(
                observedGeneration,
                overlay,
                ownedSince,
                recordedGeneration,
                generations,
                phase,
                message,
                forwardPath,
                reversePath,
                conditions,
                internalConnectivity,
                connectedPodCount,
                null,
                null,
                null);
    }

    /** Returns the status before the first reconciliation. */
    static L2NetworkStatus empty() {
        return new L2NetworkStatus(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
