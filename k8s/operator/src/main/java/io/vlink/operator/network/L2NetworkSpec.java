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

/** What a user wants of a network. The API server has checked the rules given here. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.type == 'vlink'",
        messageExpression = "'networks of type ' + self.type + ' are not built yet; vlink is'")
@ValidationRule(
        value = "self.type != 'vlink' || has(self.config) != has(self.vlink)",
        message = "exactly one of config and vlink must say what the network is")
@ValidationRule(
        value = "self.type != 'vlink' || !has(self.ids)",
        message = "intrusion detection (ids) is not built; leave ids out")
@ValidationRule(
        value = "has(self.overlay) || !has(oldSelf.overlay)",
        message = "a network's overlay never changes; it cannot be left out any more")
@ValidationRule(
        value = "!has(self.overlay) || !has(oldSelf.overlay) || self.overlay == oldSelf.overlay",
        message = "a network's overlay never changes; make a network of another name in the other overlay")
@ValidationRule(
        value = "!has(self.podAddressRange) || has(self.networkCIDR)",
        message = "podAddressRange needs networkCIDR, whose mask the addresses get")
@ValidationRule(
        value =
                "!has(self.podAddressRange) || !has(self.networkCIDR) || !isCIDR(self.networkCIDR)"
                        + " || !isCIDR(self.podAddressRange) || cidr(self.networkCIDR).containsCIDR(cidr(self.podAddressRange))",
        message = "podAddressRange must lie within networkCIDR")
public record L2NetworkSpec(
        @Required
        @JsonPropertyDescription(
                "What the network joins. Only vlink is built yet: exactly two ends, over an explicit or computed path.")
        NetworkKind type,

        @Nullable @Size(min = 1, max = 65536) @JsonPropertyDescription("The vlink as a string of JSON, as the guide of L2S-M writes it:"
                + " {\"overlay-parameters\": {\"path\": {...}, \"reverse-path\": {...}}}. Either this or vlink.")
        String config,

        @Nullable @JsonPropertyDescription("The vlink, field by field. Either this or config.")
        VlinkSpec vlink,

        @Nullable @Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$") @Size(max = 253) @JsonPropertyDescription(
                "Name of the Overlay that carries the network. Left out: the cluster's only Overlay, or the one named"
                        + " default. It never changes.")
        String overlay,

        @Nullable @Size(max = 64) @ValidationRule(
                value = "isCIDR(self)",
                message = "networkCIDR must be an address with a prefix length, such as 10.1.0.0/16")
        @JsonPropertyDescription(
                "The subnet of the pods. Where given, each pod that states no ips gets an address from podAddressRange,"
                        + " or from here, with the mask of this subnet. Left out: plain layer 2.")
        String networkCIDR,

        @Nullable @Size(max = 64) @ValidationRule(
                value = "isCIDR(self)",
                message = "podAddressRange must be an address with a prefix length, such as 10.1.2.0/24")
        @JsonPropertyDescription("The part of networkCIDR that addresses of pods are taken from.")
        String podAddressRange,

        @Nullable @Size(max = 256) @JsonPropertyDescription(
                "Other namespaces whose pods may join this network. Pods of its own namespace always may.")
        List<@Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$") String> allowedNamespaces,

        @Nullable @PreserveUnknownFields
        @JsonPropertyDescription("As L2S-M knows it: intrusion detection. Not built, so a vlink with it is refused.")
        JsonNode ids,

        @Nullable @JsonPropertyDescription(
                "As L2S-M knows it. A vlink is served by this cluster's own services, so nothing is read here.")
        Provider provider) {

    public L2NetworkSpec {
        allowedNamespaces = allowedNamespaces == null ? null : List.copyOf(allowedNamespaces);
    }

    /** Whether pods of a namespace may join a network that lives in {@code home}. */
    public boolean admits(String namespace, String home) {
        return namespace.equals(home) || (allowedNamespaces != null && allowedNamespaces.contains(namespace));
    }
}
