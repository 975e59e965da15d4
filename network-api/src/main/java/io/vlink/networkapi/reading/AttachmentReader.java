package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.AttachmentId;
import io.vlink.events.PortLocator;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.reasons.RequestReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an attachment, either plain ({@code {"id", "node", "port", "ips"}}) or as shown ({@code {"id", "spec": {...}}}). */
public final class AttachmentReader {

    private static final int MAX_ADDRESSES = 64;

    private AttachmentReader() {}

    /** Reads a document received at {@code place}. */
    public static Reading<Declaration<AttachmentId, AttachmentSpec>> read(ObjectNode root, DocumentScope place) {
        Violations problems = new Violations();
        Fields fields = new Fields(root, "$", problems);
        AttachmentId id = new Naming(fields, place).attachment();
        AttachmentSpec spec;
        if (fields.has("spec")) {
            fields.pass("generation", "createdAt", "requestedBy", "withdrawn", "status");
            spec = spec(fields.object("spec"), problems);
        } else {
            spec = members(fields, problems);
        }
        fields.close();
        return problems.none() && id != null && spec != null
                ? new Reading.Parsed<>(new Declaration<>(id, spec))
                : new Reading.Wrong<>(problems.all());
    }

    static @Nullable AttachmentSpec spec(@Nullable Fields fields, Violations problems) {
        if (fields == null) {
            return null;
        }
        AttachmentSpec spec = members(fields, problems);
        fields.close();
        return spec;
    }

    private static @Nullable AttachmentSpec members(Fields fields, Violations problems) {
        String node = fields.name("node", fields.require("node"));
        PortLocator port = TopologyReader.port(fields, fields.require("port"), problems);
        List<String> ips = addresses(fields, fields.take("ips"), problems);
        return node == null || port == null ? null : new AttachmentSpec(node, port, ips);
    }

    private static List<String> addresses(Fields fields, @Nullable DocumentField field, Violations problems) {
        List<DocumentField> elements = fields.list(field);
        if (elements == null || field == null) {
            return List.of();
        }
        if (elements.size() > MAX_ADDRESSES) {
            problems.add(
                    field.path(),
                    RequestReason.OUT_OF_RANGE,
                    "There are %d addresses. There may be at most %d.".formatted(elements.size(), MAX_ADDRESSES));
            return List.of();
        }
        List<String> addresses = new ArrayList<>();
        for (DocumentField element : elements) {
            String address = fields.text(element);
            if (address == null) {
                continue;
            }
            if (!Addresses.isAddressWithPrefix(address)) {
                problems.add(
                        element.path(),
                        RequestReason.INVALID_ADDRESS,
                        "The address (%s) must be an IP address with its prefix length, such as 192.168.1.2/24."
                                .formatted(Fields.shortened(address)));
            }
            addresses.add(address);
        }
        return addresses;
    }
}
