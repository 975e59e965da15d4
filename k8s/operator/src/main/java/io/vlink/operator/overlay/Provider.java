package io.vlink.operator.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import org.jspecify.annotations.Nullable;

/** A controller as manifests of L2S-M point at it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provider(
        @Nullable @JsonPropertyDescription("Name of the provider.")
        String name,

        @Nullable @PreserveUnknownFields @JsonPropertyDescription("Where it is reached: a name, or a list of names.")
        JsonNode domain,

        @Nullable @JsonPropertyDescription("Port of its controller.")
        String sdnPort,

        @Nullable @JsonPropertyDescription("Port of its name server.")
        String dnsPort,

        @Nullable @JsonPropertyDescription("Port of its name server's API.")
        String dnsGrpcPort,

        @Nullable @JsonPropertyDescription("Port that switches connect to.")
        String ofPort) {}
