package io.vlink.operator.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a network. The reconciler writes all of it but the addresses, which the webhook gives out: {@code
 * lastAssignedIP}, {@code assignedIPs} and {@code addresses}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record L2NetworkStatus(
        @Nullable @JsonPropertyDescription("The generation of the spec that this speaks of.")
        Long observedGeneration,

        @Nullable @JsonPropertyDescription("The overlay that carries the network. Chosen once.")
        String overlay,

        @Nullable @JsonPropertyDescription(
                "When this resource took possession of its name in the overlay. While absent, nothing was asked for on its"
                        + " behalf, and a network of that name belongs to somebody else.")
        String ownedSince,

        @Nullable @JsonPropertyDescription("The generation of the network's record that answered for this resource last.")
        Long recordedGeneration,

        @Nullable @JsonPropertyDescription("Where the network stands, in one word.")
        String phase,

        @Nullable @JsonPropertyDescription("Why it is not Ready, for people.")
        String message,

        @Nullable @JsonPropertyDescription("The nodes that forward traffic crosses.")
        String forwardPath,

        @Nullable @JsonPropertyDescription("The nodes that reverse traffic crosses.")
        String reversePath,

        @Nullable @JsonPropertyDescription(
                "Accepted: validated, admitted and reserved. Attached: both ends have a pod whose port is known."
                        + " Programmed: every switch confirmed. Ready: traffic passes as declared.")
        List<Condition> conditions,

        @Nullable @JsonPropertyDescription("Available exactly where Ready is True.")
        Connectivity internalConnectivity,

        @Nullable @JsonPropertyDescription("Pods that are plugged into this network now.")
        Integer connectedPodCount,

        @Nullable @JsonPropertyDescription("The address given out last.")
        String lastAssignedIP,

        @Nullable @JsonPropertyDescription("Addresses in use, each with its pod.")
        Map<String, String> assignedIPs,

        @Nullable @JsonPropertyDescription("Who holds which address, and since when.")
        List<AddressClaim> addresses) {

    /** As L2S-M says it. */
    public enum Connectivity {
        Available,
        Unavailable,
        Unknown
    }

    /** One address that is in use, or promised to a pod that is being admitted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AddressClaim(
            @JsonPropertyDescription("The address, without its mask.")
            String address,

            @JsonPropertyDescription("Says which pod: it bears the same in its annotation l2sm/claim.")
            String claim,

            @JsonPropertyDescription("Namespace of the pod.")
            String namespace,

            @Nullable @JsonPropertyDescription("Name of the pod, once known.")
            String pod,

            @Nullable @JsonPropertyDescription("Uid of the pod, once known.")
            String uid,

            @JsonPropertyDescription("Whether the pod asked for just this address.")
            boolean stated,

            @JsonPropertyDescription("When it was given out.")
            String since) {}

    L2NetworkStatus withConnectedPods(int count) {
        return new L2NetworkStatus(
                observedGeneration,
                overlay,
                ownedSince,
                recordedGeneration,
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

    /** The same while nobody can vouch for it. */
    L2NetworkStatus withDoubt(String words, List<Condition> all) {
        return new L2NetworkStatus(
                observedGeneration,
                overlay,
                ownedSince,
                recordedGeneration,
                "Ready".equals(phase) ? "Unknown" : phase,
                words,
                forwardPath,
                reversePath,
                all,
                Connectivity.Unknown,
                connectedPodCount,
                null,
                null,
                null);
    }

    /** The same with other addresses, which say who holds what. */
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

    /** What the reconciler writes. */
    L2NetworkStatus withoutAddresses() {
        return new L2NetworkStatus(
                observedGeneration,
                overlay,
                ownedSince,
                recordedGeneration,
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

    /** Before anything was said. */
    static L2NetworkStatus empty() {
        return new L2NetworkStatus(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
