package io.vlink.operator.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.vlink.operator.overlay.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The specification of a network. The API server enforces the validation rules given here. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.type == 'vlink'",
        messageExpression = "'networks of type ' + self.type + ' are not supported yet; use type vlink'")
@ValidationRule(
        value = "self.type != 'vlink' || has(self.config) != has(self.vlink)",
        message = "give the vlink in exactly one of config and vlink")
@ValidationRule(
        value = "self.type != 'vlink' || !has(self.ids)",
        message = "intrusion detection is not supported; leave ids out")
@ValidationRule(
        value = "has(self.overlay) || !has(oldSelf.overlay)",
        message = "the overlay of a network cannot be changed or removed")
@ValidationRule(
        value = "!has(self.overlay) || !has(oldSelf.overlay) || self.overlay == oldSelf.overlay",
        message = "the overlay of a network cannot be changed; create a network with another name in the other overlay")
@ValidationRule(
        value = "!has(self.podAddressRange) || has(self.networkCIDR)",
        message = "podAddressRange needs networkCIDR: the addresses get its mask")
@ValidationRule(
        value =
                "!has(self.podAddressRange) || !has(self.networkCIDR) || !isCIDR(self.networkCIDR)"
                        + " || !isCIDR(self.podAddressRange) || cidr(self.networkCIDR).containsCIDR(cidr(self.podAddressRange))",
        message = "podAddressRange must lie within networkCIDR")
public record L2NetworkSpec(
        @Required
        @JsonPropertyDescription(
                "Type of the network. Only vlink is supported so far: exactly two ends, joined by an explicit or"
                        + " computed path.")
        NetworkKind type,

        @Nullable @Size(min = 1, max = 65536) @JsonPropertyDescription("The vlink as a JSON string, as in the guide of L2S-M:"
                + " {\"overlay-parameters\": {\"path\": {...}, \"reverse-path\": {...}}}. Give either this or vlink.")
        String config,

        @Nullable @JsonPropertyDescription("The vlink, field by field. Give either this or config.")
        VlinkSpec vlink,

        @Nullable @Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") @Size(max = 253) @JsonPropertyDescription(
                "Name of the Overlay that carries the network. Default: the cluster's only Overlay, or the one named"
                        + " default. It cannot be changed.")
        String overlay,

        @Nullable @Size(max = 64) @ValidationRule(
                value = "isCIDR(self)",
                message = "networkCIDR must be an address with a prefix length, such as 10.1.0.0/16")
        @JsonPropertyDescription(
                "Subnet of the pods. If given, each pod that states no ips gets an address from podAddressRange, else"
                        + " from this subnet, with the mask of this subnet. If left out: plain layer 2, without"
                        + " addresses.")
        String networkCIDR,

        @Nullable @Size(max = 64) @ValidationRule(
                value = "isCIDR(self)",
                message = "podAddressRange must be an address with a prefix length, such as 10.1.2.0/24")
        @JsonPropertyDescription("Part of networkCIDR that the addresses of pods are taken from. Default: all of it.")
        String podAddressRange,

        @Nullable @Size(max = 256) @JsonPropertyDescription(
                "Other namespaces whose pods may join the network. Pods of its own namespace always may.")
        List<@Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") String> allowedNamespaces,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription(
                "Field of L2S-M: intrusion detection. Not supported; a vlink with this field is" + " refused.")
        JsonNode ids,

        @Nullable @JsonPropertyDescription("Field of L2S-M. Ignored: this cluster's own services handle vlinks.")
        Provider provider) {

    public L2NetworkSpec {
        allowedNamespaces = allowedNamespaces == null ? null : List.copyOf(allowedNamespaces);
    }

    /** Returns whether pods of a namespace may join a network in the namespace {@code home}. */
    public boolean admits(String namespace, String home) {
        return namespace.equals(home) || (allowedNamespaces != null && allowedNamespaces.contains(namespace));
    }
}
