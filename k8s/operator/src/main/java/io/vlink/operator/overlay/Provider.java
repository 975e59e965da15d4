package io.vlink.operator.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import org.jspecify.annotations.Nullable;

/** A reference to a controller, as in manifests of L2S-M. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provider(
        @Nullable @JsonPropertyDescription("Name of the provider.")
        String name,

        @Nullable @PreserveUnknownFields @JsonPropertyDescription("Host name of the provider, or a list of host names.")
        JsonNode domain,

        @Nullable @JsonPropertyDescription("Port of its controller.")
        String sdnPort,

        @Nullable @JsonPropertyDescription("Port of its name server.")
        String dnsPort,

        @Nullable @JsonPropertyDescription("Port of its name server's API.")
        String dnsGrpcPort,

        @Nullable @JsonPropertyDescription("Port that switches connect to.")
        String ofPort) {}
