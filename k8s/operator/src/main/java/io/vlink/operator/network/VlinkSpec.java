package io.vlink.operator.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.vlink.events.networks.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vlink, field by field. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.reversePath) || (self.reversePath.fromEndpoint == self.path.toEndpoint"
                + " && self.reversePath.toEndpoint == self.path.fromEndpoint)",
        message = "reversePath must lead from the path's toEndpoint back to its fromEndpoint")
@ValidationRule(
        value = "!has(self.protection) || self.protection != 'restore'"
                + " || (!has(self.path.links) && (!has(self.reversePath) || !has(self.reversePath.links)))",
        message = "explicit links are a promise: leave links out to have another path found when a link fails,"
                + " or say protection: none")
public record VlinkSpec(
        @Required @JsonPropertyDescription("The way forward.")
        PathSpec path,

        @Nullable @JsonPropertyDescription("The way back. Left out: the path is mirrored link by link, with its capabilities.")
        PathSpec reversePath,

        @Nullable @JsonPropertyDescription(
                "What happens when a link of the path fails: none (it waits for the link; the default where links are"
                        + " named) or restore (another path is sought; the default where the path is computed).")
        Protection protection) {

    /** One direction. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PathSpec(
            @Nullable @Size(max = 253) @JsonPropertyDescription("For people only.")
            String name,

            @Required
            @Size(max = 253) @Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") @JsonPropertyDescription("Node where traffic enters.")
            String fromEndpoint,

            @Required
            @Size(max = 253) @Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") @JsonPropertyDescription("Node where traffic leaves.")
            String toEndpoint,

            @Nullable @Size(max = 255) @JsonPropertyDescription(
                    "Names of the links to cross, in order. Left out: a path is computed; empty: both ends are on one node.")
            List<@Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") String> links,

            @Nullable @JsonPropertyDescription("What the path must have. Left out: best effort.")
            Capabilities capabilities) {}

    /** What a path must have. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Capabilities(
            @Nullable @JsonPropertyDescription("Bit/s to reserve and police on the way, at least 1000; such as 20M, 1.5G or 8e5.")
            IntOrString bandwidthBits,

            @Nullable @JsonPropertyDescription(
                    "The most that the latencies of the links may add up to, in nanoseconds or with a unit; such as 8e5 or 0.8ms.")
            IntOrString latencyNanos) {}
}
