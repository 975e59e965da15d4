package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.reasons.RequestReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads a network in any of its forms: the {@code L2Network} manifest of the guide, the plain form
 * ({@code {"name", "path", "reversePath", "protection"}}), or the form that this service shows
 * ({@code {"name", "spec": {...}, ...}}).
 */
public final class NetworkReader {

    static final String KIND = "L2Network";
    static final String API_VERSION = "l2sm.l2sm.k8s.local/v1";

    private static final String ADDRESSES =
            "A vlink assigns no addresses. Give those of each endpoint in its attachment"
                    + " (\"ips\") and leave this field out.";
    private static final String PROVIDER = "A vlink has no provider. Leave this field out.";
    private static final String WRAPPER = "overlay-parameters";

    private final Violations problems = new Violations();

    private NetworkReader() {}

    /** Reads a document received at {@code place}. */
    public static Reading<Declaration<NetworkId, NetworkSpec>> read(ObjectNode root, DocumentScope place) {
        return new NetworkReader().document(root, place);
    }

    /** Returns whether this is a Kubernetes manifest. */
    static boolean isManifest(ObjectNode root) {
        return root.has("kind") || root.has("apiVersion");
    }

    private Reading<Declaration<NetworkId, NetworkSpec>> document(ObjectNode root, DocumentScope place) {
        Fields fields = new Fields(root, "$", problems);
        NetworkId id;
        NetworkSpec spec;
        if (isManifest(root)) {
            constant(fields, "apiVersion", API_VERSION);
            constant(fields, "kind", KIND);
            id = metadata(fields.requireObject("metadata"), place);
            spec = spec(fields.requireObject("spec"), problems, true);
            fields.pass("status");
        } else {
            id = new Naming(fields, place).network();
            if (fields.has("spec")) {
                fields.pass("generation", "createdAt", "requestedBy", "withdrawn", "status");
                spec = spec(fields.object("spec"), problems, false);
            } else {
                spec = members(fields, problems, false);
            }
        }
        fields.close();
        return problems.none() && id != null && spec != null
                ? new Reading.Parsed<>(new Declaration<>(id, spec))
                : new Reading.Wrong<>(problems.all());
    }

    /** Reads the content of {@code spec}. */
    static @Nullable NetworkSpec spec(@Nullable Fields fields, Violations problems, boolean manifest) {
        if (fields == null) {
            return null;
        }
        NetworkSpec spec = members(fields, problems, manifest);
        fields.close();
        return spec;
    }

    private static @Nullable NetworkSpec members(Fields fields, Violations problems, boolean manifest) {
        boolean vlink = type(fields, manifest ? fields.require("type") : fields.take("type"), problems);
        fields.refuse("networkCIDR", ADDRESSES);
        fields.refuse("podAddressRange", ADDRESSES);
        fields.refuse("provider", PROVIDER);
        if (!vlink) {
            fields.pass("config", "path", "direct-path", "reversePath", "reverse-path", "protection");
            return null;
        }
        DocumentField config = manifest ? fields.require("config") : fields.take("config");
        if (config == null) {
            return manifest ? null : new PathReader(problems).read(fields);
        }
        return config(config, problems);
    }

    private static boolean type(Fields fields, @Nullable DocumentField field, Violations problems) {
        String type = fields.text(field);
        if (type == null || field == null || type.equals("vlink")) {
            return true;
        }
        if (type.equals("vnet") || type.equals("ext-vnet")) {
            problems.add(
                    field.path(),
                    RequestReason.NOT_SUPPORTED,
                    "Networks of type %s are not supported yet. Use vlink.".formatted(type));
        } else {
            problems.add(
                    field.path(),
                    RequestReason.UNKNOWN_VALUE,
                    "The type (%s) must be vlink.".formatted(Fields.shortened(type)));
        }
        return false;
    }

    /** Reads {@code config}. The guide writes it as JSON inside a string. */
    private static @Nullable NetworkSpec config(DocumentField config, Violations problems) {
        DocumentField inner = config;
        if (config.node().isTextual()) {
            switch (Documents.read(config.text(), Documents.Syntax.EITHER)) {
                case Document.Tree tree -> inner = new DocumentField(config.path(), tree.root());
                case Document.Malformed malformed -> {
                    problems.add(config.path(), RequestReason.MALFORMED, malformed.message());
                    return null;
                }
            }
        }
        Fields outer = Fields.of(inner, problems);
        if (outer == null) {
            return null;
        }
        NetworkSpec spec;
        if (outer.has("path") || outer.has("direct-path") || OlderDialects.isWithin(outer)) {
            spec = new PathReader(problems).read(outer);
        } else {
            spec = parameters(Fields.of(outer.require(WRAPPER), problems), problems);
        }
        outer.close();
        return spec;
    }

    private static @Nullable NetworkSpec parameters(@Nullable Fields fields, Violations problems) {
        if (fields == null) {
            return null;
        }
        NetworkSpec spec = new PathReader(problems).read(fields);
        fields.close();
        return spec;
    }

    private void constant(Fields fields, String name, String expected) {
        DocumentField field = fields.require(name);
        String written = fields.text(field);
        if (field != null && written != null && !written.equals(expected)) {
            problems.add(
                    field.path(),
                    RequestReason.UNKNOWN_VALUE,
                    "The %s (%s) must be %s.".formatted(name, Fields.shortened(written), expected));
        }
    }

    private @Nullable NetworkId metadata(@Nullable Fields fields, DocumentScope place) {
        if (fields == null) {
            return null;
        }
        fields.pass(
                "labels",
                "annotations",
                "uid",
                "resourceVersion",
                "generation",
                "creationTimestamp",
                "managedFields",
                "finalizers",
                "ownerReferences",
                "selfLink",
                "deletionTimestamp",
                "deletionGracePeriodSeconds");
        NetworkId id = new Naming(fields, place).networkInNamespace();
        fields.close();
        return id;
    }
}
