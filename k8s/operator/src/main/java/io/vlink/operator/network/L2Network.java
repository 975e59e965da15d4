package io.vlink.operator.network;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The custom resource by which a user of Kubernetes declares a network. */
@Group(L2Network.GROUP)
@Version(L2Network.VERSION)
@Kind("L2Network")
@Plural("l2networks")
@ShortNames("l2n")
@Categories("vlink")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "PATH", jsonPath = ".status.forwardPath")
@AdditionalPrinterColumn(name = "REVERSE", jsonPath = ".status.reversePath", priority = 1)
@AdditionalPrinterColumn(name = "OVERLAY", jsonPath = ".status.overlay", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.message", priority = 1)
@AdditionalPrinterColumn(name = "AVAILABILITY", jsonPath = ".status.internalConnectivity")
@AdditionalPrinterColumn(
        name = "CONNECTED_PODS",
        jsonPath = ".status.connectedPodCount",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "ACCEPTED",
        jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status",
        priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.size() <= 200",
        message = "the name of an L2Network must have at most 200 characters: its NetworkAttachmentDefinitions are"
                + " named after it")
@ValidationRule(
        value = "!has(self.spec.overlay) || !has(self.status) || !has(self.status.overlay)"
                + " || self.spec.overlay == self.status.overlay",
        message = "the overlay of a network cannot be changed; create a network with another name in the other overlay")
public final class L2Network extends CustomResource<L2NetworkSpec, L2NetworkStatus> implements Namespaced {

    public static final String GROUP = "l2sm.l2sm.k8s.local";
    public static final String VERSION = "v1";

    private static final long serialVersionUID = 1;

    // The default would create an empty object, which a record cannot be.

    @Override
    protected @Nullable L2NetworkSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable L2NetworkStatus initStatus() {
        return null;
    }
}
