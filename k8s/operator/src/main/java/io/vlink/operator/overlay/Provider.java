package io.vlink.operator.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A controller as manifests of L2S-M point at it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provider(
        @Nullable @JsonPropertyDescription("Name of the provider.")
        String name,

        @Nullable @JsonPropertyDescription("Where it is reached.")
        List<String> domain,

        @Nullable @JsonPropertyDescription("Port of its controller.")
        String sdnPort,

        @Nullable @JsonPropertyDescription("Port of its name server.")
        String dnsPort,

        @Nullable @JsonPropertyDescription("Port of its name server's API.")
        String dnsGrpcPort,

        @Nullable @JsonPropertyDescription("Port that switches connect to.")
        String ofPort) {}
