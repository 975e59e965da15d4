package io.vlink.operator.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.vlink.events.links.LinkKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user wants of an overlay. The API server has checked the rules given here. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverlaySpec(
        @Nullable @JsonPropertyDescription("As L2S-M knows it; the switches find their gateways otherwise.")
        Provider provider,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription("As older manifests of L2S-M call the provider. Nothing is read here.")
        JsonNode networkController,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription(
                "As L2S-M knows it: what its own monitor measures. Nothing is read here; every service serves its metrics.")
        JsonNode monitor,

        @Required @JsonPropertyDescription("The switches, and what joins them.")
        Topology topology,

        @Nullable @Min(1) @JsonPropertyDescription(
                "As L2S-M knows it: ports prepared on each node. Ports are made as pods come, so nothing is read here.")
        Integer interfaceNumber,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription("As L2S-M knows it: the pod that a switch runs in. Nothing is read here.")
        JsonNode switchTemplate) {

    private static final String NAME = "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$";

    /** Nodes and what joins them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.links) || self.links.all(l, l.endpointA in self.nodes && l.endpointB in self.nodes)",
            message = "the ends of every link must be among topology.nodes")
    @ValidationRule(
            value = "!has(self.nodeSettings) || self.nodeSettings.all(s, s.name in self.nodes)",
            message = "nodeSettings must speak of nodes that are among topology.nodes")
    public record Topology(
            @Required
            @Size(min = 1, max = 200) @JsonPropertyDescription("Names of the nodes, as Kubernetes knows them. Each carries a switch.")
            List<@Pattern(NAME) @Size(max = 253) String> nodes,

            @Size(max = 500) @JsonPropertyDescription("What joins two nodes. Each stands for two links, one in each direction.")
            List<TopologyLink> links,

            @Size(max = 200) @JsonPropertyDescription("What is special about a node. Most need nothing here.")
            List<NodeSettings> nodeSettings) {

        public Topology {
            nodes = List.copyOf(nodes);
            links = links == null ? List.of() : List.copyOf(links);
            nodeSettings = nodeSettings == null ? List.of() : List.copyOf(nodeSettings);
        }
    }

    /** A cable or tunnel between two nodes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(value = "self.endpointA != self.endpointB", message = "a link joins two different nodes")
    @ValidationRule(
            value = "!has(self.kind) || self.kind != 'plain' || (has(self.portA) && has(self.portB))",
            message = "a plain link needs portA and portB: the ports that the cable is plugged into")
    public record TopologyLink(
            @Required @Size(max = 253) @JsonPropertyDescription("One node.")
            String endpointA,

            @Required @Size(max = 253) @JsonPropertyDescription("The other node.")
            String endpointB,

            @Nullable @Pattern(NAME) @Size(max = 253) @JsonPropertyDescription(
                    "Name of the link from endpointA to endpointB. Left out: link-ac for nodes whose names end in -a and -c.")
            String name,

            @Nullable @Pattern(NAME) @Size(max = 253) @JsonPropertyDescription(
                    "Name of the link from endpointB to endpointA. Left out: link-ca for link-ac between nodes whose names"
                            + " end in -a and -c, else the name followed by -reverse.")
            String reverseName,

            @Default("1G") @JsonPropertyDescription("What may be reserved in each direction, in bit/s; such as 1G.")
            IntOrString capacityBits,

            @Nullable @JsonPropertyDescription(
                    "How much of its capacity nobody may reserve in each direction, so that vlinks without bandwidth always"
                            + " have it, in bit/s; such as 100M. Left out: as path-service is configured.")
            IntOrString bestEffortFloorBits,

            @Default("0.1ms")
            @JsonPropertyDescription(
                    "One-way latency, in nanoseconds or with a unit; such as 0.2ms. A measured one takes precedence.")
            IntOrString latencyNanos,

            @Default("vxlan")
            @JsonPropertyDescription(
                    "vxlan: a tunnel between the nodes' addresses. plain: a cable, or anything that carries VLAN tags.")
            LinkKind kind,

            @Nullable @Size(min = 1, max = 64) @JsonPropertyDescription(
                    "Port on endpointA, by name or number. Left out: the tunnel that is made for this link.")
            String portA,

            @Nullable @Size(min = 1, max = 64) @JsonPropertyDescription(
                    "Port on endpointB, by name or number. Left out: the tunnel that is made for this link.")
            String portB,

            @Nullable @JsonPropertyDescription("No new path may cross this link, in either direction.")
            Boolean maintenance) {}

    /** What is special about a node. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeSettings(
            @Required @Size(max = 253) @JsonPropertyDescription("The node.")
            String name,

            @Nullable @Pattern("^(0x)?[0-9a-fA-F]{1,16}$") @JsonPropertyDescription(
                    "Datapath id of its switch, in hex. Left out: derived from the node's name, as L2S-M does.")
            String datapathId,

            @Nullable @JsonPropertyDescription("Address that its tunnels end at. Left out: the node's InternalIP.")
            String tunnelAddress,

            @Nullable @Pattern("^tcp:.+:[0-9]{1,5}$") @JsonPropertyDescription(
                    "Where its OVSDB server listens, as tcp:address:port. Left out: port 6640 of the node's InternalIP.")
            String ovsdb,

            @Nullable @JsonPropertyDescription("No new path may cross this node.")
            Boolean maintenance) {}
}
