package io.vlink.networkapi.reading;

import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.reasons.RequestReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the paths of a vlink, with the field names of the guide and of its older dialects. */
final class PathReader {

    /** The least bandwidth that can be reserved, in bit/s: meters count in kbit/s. */
    static final long MIN_BANDWIDTH = 1_000;
    /** The most that one meter can hold, in bit/s: 32 bits of kbit/s (OpenFlow 1.3.5 §A.3.4.5). */
    static final long MAX_BANDWIDTH = 0xffffffffL * 1_000;

    static final long MAX_LATENCY = 3_600L * 1_000_000_000;

    private static final int MAX_LINKS = 255;
    private static final int MAX_LABEL = 253;

    private final Violations problems;

    PathReader(Violations problems) {
        this.problems = problems;
    }

    /** Reads the path, the reverse path and the protection, which are members of the same object. */
    @Nullable NetworkSpec read(Fields fields) {
        fields.refuse("backup-path", "A backup path belongs to the protection one-to-one, which is not built yet.");
        fields.refuse("backupPath", "A backup path belongs to the protection one-to-one, which is not built yet.");
        PathSpec path = path(Fields.of(OlderDialects.path(fields), problems));
        DocumentField back = fields.take("reversePath", "reverse-path");
        PathSpec reverse = back == null ? null : path(Fields.of(back, problems));
        if (back != null && path != null && reverse != null) {
            checkWayBack(back, path, reverse);
        }
        boolean explicit = (path != null && path.links() != null) || (reverse != null && reverse.links() != null);
        Protection protection = protection(fields, fields.take("protection"), explicit);
        return path == null ? null : new Vlink(path, reverse, protection);
    }

    private void checkWayBack(DocumentField back, PathSpec path, PathSpec reverse) {
        if (!reverse.fromEndpoint().equals(path.toEndpoint())
                || !reverse.toEndpoint().equals(path.fromEndpoint())) {
            problems.add(
                    back.path(),
                    RequestReason.ENDS_DIFFER,
                    "The reverse path must go from %s to %s, because the path goes from %s to %s. It goes from %s to %s."
                            .formatted(
                                    path.toEndpoint(),
                                    path.fromEndpoint(),
                                    path.fromEndpoint(),
                                    path.toEndpoint(),
                                    reverse.fromEndpoint(),
                                    reverse.toEndpoint()));
        }
    }

    private @Nullable PathSpec path(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        String name = label(fields);
        String from = OlderDialects.endpoint(fields, fields.require("fromEndpoint"), problems);
        String to = OlderDialects.endpoint(fields, fields.require("toEndpoint"), problems);
        OlderDialects.refuseTransit(fields, from, to);
        DocumentField written = fields.take("links");
        List<String> links = links(fields, written);
        Capabilities capabilities = capabilities(fields.object("capabilities"));
        fields.close();
        if (from == null || to == null) {
            return null;
        }
        if (written != null && links != null && links.isEmpty() != from.equals(to)) {
            problems.add(
                    written.path(),
                    RequestReason.ENDS_DIFFER,
                    links.isEmpty()
                            ? "An empty list of links requires both endpoints on one node; they are on %s and %s. Leave the field out to have a path found."
                                    .formatted(from, to)
                            : "Both endpoints are on node %s, so the path crosses no link. Leave the list empty."
                                    .formatted(from));
        }
        return new PathSpec(name, from, to, links, capabilities);
    }

    private @Nullable String label(Fields fields) {
        DocumentField field = fields.take("name");
        String name = fields.text(field);
        if (field != null && name != null && name.length() > MAX_LABEL) {
            problems.add(
                    field.path(),
                    RequestReason.OUT_OF_RANGE,
                    "The name has %d characters. It may have at most %d.".formatted(name.length(), MAX_LABEL));
        }
        return name;
    }

    private @Nullable List<String> links(Fields fields, @Nullable DocumentField field) {
        List<DocumentField> elements = fields.list(field);
        if (elements == null || field == null) {
            return null;
        }
        if (elements.size() > MAX_LINKS) {
            problems.add(
                    field.path(),
                    RequestReason.OUT_OF_RANGE,
                    "The path has %d links. It may have at most %d.".formatted(elements.size(), MAX_LINKS));
            return null;
        }
        List<String> links = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (DocumentField element : elements) {
            String link = fields.name("link", element);
            if (link == null) {
                continue;
            }
            if (!seen.add(link)) {
                problems.add(
                        element.path(),
                        RequestReason.DUPLICATE,
                        "Link %s is in the path twice. A path crosses each link at most once.".formatted(link));
            }
            links.add(link);
        }
        return links.size() == elements.size() ? links : null;
    }

    private @Nullable Capabilities capabilities(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        Long bandwidth = Quantity.BANDWIDTH.read(fields.take("bandwidthBits"), MIN_BANDWIDTH, MAX_BANDWIDTH, problems);
        Long latency = Quantity.LATENCY_BOUND.read(fields.take("latencyNanos"), 1, MAX_LATENCY, problems);
        fields.close();
        return new Capabilities(bandwidth, latency);
    }

    private Protection protection(Fields fields, @Nullable DocumentField field, boolean explicit) {
        Protection usual = explicit ? Protection.NONE : Protection.RESTORE;
        String word = fields.text(field);
        if (word == null || field == null) {
            return usual;
        }
        switch (word) {
            case "none" -> {
                return Protection.NONE;
            }
            case "restore" -> {
                if (explicit) {
                    problems.add(
                            field.path(),
                            RequestReason.NOT_SUPPORTED,
                            "With explicit links, traffic takes those links or none. Leave \"links\" out to have another path"
                                    + " found when a link fails, or set \"protection\" to \"none\".");
                }
                return Protection.RESTORE;
            }
            case "one-to-one", "local" ->
                problems.add(
                        field.path(),
                        RequestReason.NOT_SUPPORTED,
                        "The protection %s is not supported yet. Use none or restore.".formatted(word));
            default ->
                problems.add(
                        field.path(),
                        RequestReason.UNKNOWN_VALUE,
                        "The protection (%s) must be none or restore.".formatted(Fields.shortened(word)));
        }
        return usual;
    }
}
