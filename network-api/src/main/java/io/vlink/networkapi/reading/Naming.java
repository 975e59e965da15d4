package io.vlink.networkapi.reading;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.requests.RequestReason;
import org.jspecify.annotations.Nullable;

/** Reads what a document says of its own place, and holds it against the place that it was found in. */
final class Naming {

    private final Fields fields;
    private final Place place;

    Naming(Fields fields, Place place) {
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

    /** The same for the metadata of Kubernetes, which know no overlay. */
    @Nullable NetworkId networkInNamespace() {
        String overlay = place.overlay();
        return network(overlay == null ? Place.DEFAULT : overlay);
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
        return part("overlay", fields.take("overlay"), place.overlay(), Place.DEFAULT);
    }

    private @Nullable String namespace() {
        return part("namespace", fields.take("namespace"), place.namespace(), Place.DEFAULT);
    }

    /** What stands in the field, which must be what is expected, if anything is. */
    private @Nullable String part(
            String what, @Nullable Field field, @Nullable String expected, @Nullable String otherwise) {
        if (field == null) {
            if (expected == null && otherwise == null) {
                fields.problems()
                        .add(fields.path(what), RequestReason.Missing, "The field (%s) is required.".formatted(what));
            }
            return expected == null ? otherwise : expected;
        }
        String written = fields.name(what, field);
        if (written != null && expected != null && !written.equals(expected)) {
            fields.problems()
                    .add(
                            field.path(),
                            RequestReason.Mismatch,
                            "The %s (%s) is not the one addressed (%s).".formatted(what, written, expected));
        }
        return expected == null ? written : expected;
    }
}
