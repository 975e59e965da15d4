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

/** The specification of an overlay. The API server enforces the validation rules given here. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverlaySpec(
        @Nullable @JsonPropertyDescription("Field of L2S-M. Ignored: the switches find their gateways by other means.")
        Provider provider,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription("Field of older manifests of L2S-M, which call the provider so. Ignored.")
        JsonNode networkController,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription(
                "Field of L2S-M: settings of its own monitor. Ignored; every service serves its metrics.")
        JsonNode monitor,

        @Required @JsonPropertyDescription("The nodes with switches, and the links between them.")
        Topology topology,

        @Nullable @Min(1) @JsonPropertyDescription(
                "Field of L2S-M: number of ports prepared on each node. Ignored: ports are created with the pods.")
        Integer interfaceNumber,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription("Field of L2S-M: template of the pod that a switch runs in. Ignored.")
        JsonNode switchTemplate) {

    private static final String NAME = "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$";

    /** The nodes and the links between them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.links) || self.links.all(l, l.endpointA in self.nodes && l.endpointB in self.nodes)",
            message = "the ends of every link must be among topology.nodes")
    @ValidationRule(
            value = "!has(self.nodeSettings) || self.nodeSettings.all(s, s.name in self.nodes)",
            message = "every name in nodeSettings must be among topology.nodes")
    public record Topology(
            @Required
            @Size(min = 1, max = 200) @JsonPropertyDescription("Names of nodes in Kubernetes. Each runs a switch.")
            List<@Pattern(NAME) @Size(max = 253) String> nodes,

            @Size(max = 500) @JsonPropertyDescription(
                    "Cables and tunnels between nodes. Each stands for two links," + " one in each direction.")
            List<TopologyLink> links,

            @Size(max = 200) @JsonPropertyDescription("Settings of single nodes. Most nodes need none.")
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
                    "Name of the link from endpointA to endpointB. Default: link-ac for nodes with names that end in"
                            + " -a and -c, and link-1-11 if that name is ambiguous.")
            String name,

            @Nullable @Pattern(NAME) @Size(max = 253) @JsonPropertyDescription(
                    "Name of the link from endpointB to endpointA. Default: link-ca for link-ac between nodes with"
                            + " names that end in -a and -c, else the name followed by -reverse.")
            String reverseName,

            @Default("1G") @JsonPropertyDescription("Capacity in each direction, in bit/s; such as 1G.")
            IntOrString capacityBits,

            @Nullable @JsonPropertyDescription(
                    "Part of the capacity in each direction that cannot be reserved and stays for vlinks without"
                            + " bandwidth, in bit/s; such as 100M. Default: as configured in path-service.")
            IntOrString bestEffortFloorBits,

            @Default("0.1ms")
            @JsonPropertyDescription(
                    "One-way latency, in nanoseconds or with a unit; such as 0.2ms. A measured latency takes"
                            + " precedence.")
            IntOrString latencyNanos,

            @Default("vxlan")
            @JsonPropertyDescription(
                    "vxlan: a tunnel between the addresses of the nodes. plain: a cable, or anything else that"
                            + " carries VLAN tags.")
            LinkKind kind,

            @Nullable @Size(min = 1, max = 64) @JsonPropertyDescription(
                    "Port on endpointA, by name or number. Default: the tunnel that is created for this link.")
            String portA,

            @Nullable @Size(min = 1, max = 64) @JsonPropertyDescription(
                    "Port on endpointB, by name or number. Default: the tunnel that is created for this link.")
            String portB,

            @Nullable @JsonPropertyDescription(
                    "Whether the link is in maintenance: no new path crosses it in either" + " direction.")
            Boolean maintenance) {}

    /** The settings of one node. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeSettings(
            @Required @Size(max = 253) @JsonPropertyDescription("Name of the node.")
            String name,

            @Nullable @Pattern("^(0x|of:)?[0-9a-fA-F]{1,16}$") @JsonPropertyDescription(
                    "Datapath id of its switch, in hex. Default: derived from the node's name, as in L2S-M.")
            String datapathId,

            @Nullable @JsonPropertyDescription("Address where its tunnels end. Default: the node's InternalIP.")
            String tunnelAddress,

            @Nullable @Pattern("^tcp:.+:[0-9]{1,5}$") @JsonPropertyDescription(
                    "Address of its OVSDB server, as tcp:address:port. Default: port 6640 of the node's InternalIP.")
            String ovsdb,

            @Nullable @JsonPropertyDescription("Whether the node is in maintenance: no new path crosses it.")
            Boolean maintenance) {}
}
