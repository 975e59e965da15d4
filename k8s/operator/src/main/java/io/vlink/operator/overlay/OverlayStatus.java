package io.vlink.operator.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has become of an overlay. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverlayStatus(
        @Nullable @JsonPropertyDescription("The generation of the spec that this speaks of.")
        Long observedGeneration,

        @Nullable @JsonPropertyDescription("Why it is not Ready, for people.")
        String message,

        @Nullable @JsonPropertyDescription("Nodes that are recorded as declared here.")
        Integer nodeCount,

        @Nullable @JsonPropertyDescription("Links, each ONE direction, that are recorded as declared here.")
        Integer linkCount,

        @Nullable @JsonPropertyDescription(
                "Accepted: every node and link is recorded. Ready: every switch is connected and every link is up.")
        List<Condition> conditions,

        @Nullable @JsonPropertyDescription(
                "Nodes that this resource answers for: written before they are asked for, and withdrawn when they are"
                        + " in the spec no more. Others of the overlay belong to somebody else.")
        List<String> ownedNodes,

        @Nullable @JsonPropertyDescription("Links that this resource answers for, likewise.")
        List<String> ownedLinks) {}
