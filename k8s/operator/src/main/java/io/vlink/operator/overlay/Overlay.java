package io.vlink.operator.overlay;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The custom resource by which a user of Kubernetes declares switches and the links between them. */
@Group("l2sm.l2sm.k8s.local")
@Version("v1")
@Kind("Overlay")
@Plural("overlays")
@ShortNames("ovl")
@Categories("vlink")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "NODES", jsonPath = ".status.nodeCount", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "LINKS", jsonPath = ".status.linkCount", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.message", priority = 1)
@AdditionalPrinterColumn(name = "ACCEPTED", jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Overlay extends CustomResource<OverlaySpec, OverlayStatus> implements Namespaced {

    private static final long serialVersionUID = 1;

    // The default would create an empty object, which a record cannot be.

    @Override
    protected @Nullable OverlaySpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable OverlayStatus initStatus() {
        return null;
    }
}
