package io.vlink.operator.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of an overlay. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverlayStatus(
        @Nullable @JsonPropertyDescription("Generation of the spec that this status describes.")
        Long observedGeneration,

        @Nullable @JsonPropertyDescription("Human-readable reason why the overlay is not Ready.")
        String message,

        @Nullable @JsonPropertyDescription("Number of nodes of this resource that are recorded.")
        Integer nodeCount,

        @Nullable @JsonPropertyDescription(
                "Number of links of this resource that are recorded, each direction" + " counted as one.")
        Integer linkCount,

        @Nullable @JsonPropertyDescription(
                "Accepted: every node and link is recorded. Ready: every switch is connected and every link is up."
                        + " Reconciling and Stalled, as kstatus defines them, exist only while True. Each names in"
                        + " observedGeneration the generation of the spec that it describes.")
        List<Condition> conditions,

        @Nullable @JsonPropertyDescription(
                "Nodes that this resource owns. They are listed here before they are requested, and withdrawn when"
                        + " the spec no longer lists them. Other nodes of the overlay were created over REST or Kafka.")
        List<String> ownedNodes,

        @Nullable @JsonPropertyDescription("Links that this resource owns, likewise.")
        List<String> ownedLinks,

        @Nullable @JsonPropertyDescription("Generation of the spec that was last recorded completely.")
        Long acceptedGeneration) {

    /** A status of an overlay that was never recorded completely, as far as is known. */
    public OverlayStatus(
            @Nullable Long observedGeneration,
            @Nullable String message,
            @Nullable Integer nodeCount,
            @Nullable Integer linkCount,
            @Nullable List<Condition> conditions,
            @Nullable List<String> ownedNodes,
            @Nullable List<String> ownedLinks) {
        this(observedGeneration, message, nodeCount, linkCount, conditions, ownedNodes, ownedLinks, null);
    }
}
