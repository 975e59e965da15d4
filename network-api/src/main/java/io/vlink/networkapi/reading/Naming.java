package io.vlink.networkapi.reading;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.reasons.RequestReason;
import org.jspecify.annotations.Nullable;

/** Reads the names that a document gives for itself, and checks them against the place it was received at. */
final class Naming {

    private final Fields fields;
    private final DocumentScope place;

    Naming(Fields fields, DocumentScope place) {
        this.fields = fields;
        this.place = place;
    }

    @Nullable ResourceId resource() {
        String overlay = overlay();
        String name = part("name", fields.take("name"), place.name(), null);
        return overlay == null || name == null ? null : new ResourceId(overlay, name);
    }

    @Nullable NetworkId network() {
        return network(overlay());
    }

    /** Reads the same from Kubernetes metadata, which has no overlay. */
    @Nullable NetworkId networkInNamespace() {
        String overlay = place.overlay();
        return network(overlay == null ? DocumentScope.DEFAULT : overlay);
    }

    private @Nullable NetworkId network(@Nullable String overlay) {
        String namespace = namespace();
        String name = part("name", fields.take("name"), place.name(), null);
        return overlay == null || namespace == null || name == null ? null : new NetworkId(overlay, namespace, name);
    }

    @Nullable AttachmentId attachment() {
        String overlay = overlay();
        String namespace = namespace();
        String network = part("network", fields.take("network"), place.network(), null);
        String id = part("id", fields.take("id", "name"), place.name(), null);
        return overlay == null || namespace == null || network == null || id == null
                ? null
                : new AttachmentId(new NetworkId(overlay, namespace, network), id);
    }

    private @Nullable String overlay() {
        return part("overlay", fields.take("overlay"), place.overlay(), DocumentScope.DEFAULT);
    }

    private @Nullable String namespace() {
        return part("namespace", fields.take("namespace"), place.namespace(), DocumentScope.DEFAULT);
    }

    /** Returns the field's text, which must equal the expected text if there is one. */
    private @Nullable String part(
            String what, @Nullable DocumentField field, @Nullable String expected, @Nullable String otherwise) {
        if (field == null) {
            if (expected == null && otherwise == null) {
                fields.problems()
                        .add(fields.path(what), RequestReason.MISSING, "The field %s is required.".formatted(what));
            }
            return expected == null ? otherwise : expected;
        }
        String written = fields.name(what, field);
        if (written != null && expected != null && !written.equals(expected)) {
            fields.problems()
                    .add(
                            field.path(),
                            RequestReason.MISMATCH,
                            "The %s (%s) differs from the one in the URL or id (%s)."
                                    .formatted(what, written, expected));
        }
        return expected == null ? written : expected;
    }
}
