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
        message = "protection restore needs a computed path: leave links out, or set protection to none")
public record VlinkSpec(
        @Required @JsonPropertyDescription("Forward path.") VlinkPathSpec path,

        @Nullable @JsonPropertyDescription(
                "Reverse path. Default: the forward path mirrored link by link, with its" + " capabilities.")
        VlinkPathSpec reversePath,

        @Nullable @JsonPropertyDescription(
                "Reaction to a failed link of the path: none (the network waits for the link; the default for"
                        + " explicit links) or restore (another path is computed; the default for a computed path).")
        Protection protection) {

    /** One direction. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VlinkPathSpec(
            @Nullable @Size(max = 253) @JsonPropertyDescription("Name of the path. Informational only.")
            String name,

            @Required
            @Size(max = 253) @Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") @JsonPropertyDescription("Node where traffic enters the overlay.")
            String fromEndpoint,

            @Required
            @Size(max = 253) @Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") @JsonPropertyDescription("Node where traffic leaves the overlay.")
            String toEndpoint,

            @Nullable @Size(max = 255) @JsonPropertyDescription(
                    "Names of the links to cross, in order. If left out, a path is computed; if empty, both ends are"
                            + " on one node.")
            List<@Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") String> links,

            @Nullable @JsonPropertyDescription("Guarantees of the path. Default: best effort.")
            VlinkCapabilities capabilities) {}

    /** The guarantees of a path. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VlinkCapabilities(
            @Nullable @JsonPropertyDescription("Bandwidth in bit/s to reserve on the path and to enforce by a meter,"
                    + " at least 1000; such as 20M, 1.5G or 8e5.")
            IntOrString bandwidthBits,

            @Nullable @JsonPropertyDescription(
                    "Maximum sum of the latencies of the links, in nanoseconds or with a unit; such as 8e5 or 0.8ms.")
            IntOrString latencyNanos) {}
}
