package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.requests.Request;
import io.vlink.events.text.Principals;
import io.vlink.events.text.Unicode;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of the public intake, in JSON or YAML: either a request with its {@code type}, or a bare
 * {@code L2Network} manifest, which declares that network.
 */
public final class RequestReader {

    private static final List<String> TYPES = List.of(
            "DeclareNode",
            "WithdrawNode",
            "DeclareLink",
            "WithdrawLink",
            "DeclareNetwork",
            "WithdrawNetwork",
            "DeclareAttachment",
            "WithdrawAttachment");
    private static final int MAX_REQUEST_ID = 256;

    private final Violations problems = new Violations();
    private final Fields fields;
    private @Nullable String requestId;
    private @Nullable Long ifGeneration;
    private @Nullable String requestedBy;

    private RequestReader(ObjectNode root) {
        this.fields = new Fields(root, "$", problems);
    }

    public static Intake read(byte @Nullable [] value) {
        if (value == null) {
            return new Intake.Unreadable("The record has no value. Send a request or an L2Network manifest."
                    + " A tombstone does not remove a request or what it declared; remove that with a request"
                    + " such as WithdrawNetwork.");
        }
        return switch (Documents.read(value, Documents.Syntax.EITHER)) {
            case Document.Malformed malformed -> new Intake.Unreadable(malformed.message());
            case Document.Tree tree -> read(tree.root());
        };
    }

    private static Intake read(ObjectNode root) {
        if (root.path("type").isTextual()) {
            String type = root.path("type").asText();
            return TYPES.contains(type) ? new RequestReader(root).request(type) : unknown(root, type);
        }
        if (NetworkReader.KIND.equals(root.path("kind").asText())) {
            return manifest(root);
        }
        return new Intake.Unreadable(
                "The record is neither a request with one of the types %s, nor a manifest of kind %s."
                        .formatted(String.join(", ", TYPES), NetworkReader.KIND));
    }

    /** Handles a request of an unknown type, such as one of a newer version. It is answered if it has a request id. */
    private static Intake unknown(ObjectNode root, String type) {
        String message = "The request type %s is not known. Known: %s."
                .formatted(Fields.shortened(type), String.join(", ", TYPES));
        RequestReader reader = new RequestReader(root);
        String requestId = reader.requestId();
        if (requestId == null) {
            return new Intake.Unreadable(message);
        }
        reader.problems.add("$.type", RequestReason.UNKNOWN_VALUE, message);
        return new Intake.RequestOrigin(
                requestId, null, null, reader.requestedBy(), new Reading.Wrong<>(reader.problems.all()));
    }

    private static Intake manifest(ObjectNode root) {
        Reading<Request> request =
                switch (NetworkReader.read(root, DocumentScope.ANYWHERE)) {
                    case Reading.Parsed<Declaration<NetworkId, NetworkSpec>> read ->
                        new Reading.Parsed<>(new Request.DeclareNetwork(
                                "", read.value().id(), null, read.value().spec()));
                    case Reading.Wrong<Declaration<NetworkId, NetworkSpec>> wrong ->
                        new Reading.Wrong<>(wrong.violations());
                };
        return new Intake.RequestOrigin(null, DocumentScope.DEFAULT, subjectOf(root), null, request);
    }

    /** Returns the subject of a manifest that may be invalid; null if not legible. */
    private static @Nullable String subjectOf(ObjectNode root) {
        String namespace = root.path("metadata").path("namespace").asText(DocumentScope.DEFAULT);
        String name = root.path("metadata").path("name").asText("");
        try {
            return new NetworkId(DocumentScope.DEFAULT, namespace, name).toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Intake request(String type) {
        fields.take("type");
        requestId = requestId();
        ifGeneration = ifGeneration();
        requestedBy = requestedBy();
        return switch (type) {
            case "DeclareNode" -> {
                ResourceId id = resource();
                NodeSpec spec = TopologyReader.node(fields.requireObject("spec"), problems);
                yield asked(
                        id,
                        id == null || spec == null
                                ? null
                                : new Request.DeclareNode(id(), id, ifGeneration, spec, requestedBy));
            }
            case "WithdrawNode" -> {
                ResourceId id = resource();
                yield asked(id, id == null ? null : new Request.WithdrawNode(id(), id, ifGeneration, requestedBy));
            }
            case "DeclareLink" -> {
                ResourceId id = resource();
                LinkSpec spec = TopologyReader.link(fields.requireObject("spec"), problems);
                yield asked(
                        id,
                        id == null || spec == null
                                ? null
                                : new Request.DeclareLink(id(), id, ifGeneration, spec, requestedBy));
            }
            case "WithdrawLink" -> {
                ResourceId id = resource();
                yield asked(id, id == null ? null : new Request.WithdrawLink(id(), id, ifGeneration, requestedBy));
            }
            case "DeclareNetwork" -> {
                NetworkId id = network();
                NetworkSpec spec = NetworkReader.spec(fields.requireObject("spec"), problems, false);
                yield asked(
                        id,
                        id == null || spec == null
                                ? null
                                : new Request.DeclareNetwork(id(), id, ifGeneration, spec, requestedBy));
            }
            case "WithdrawNetwork" -> {
                NetworkId id = network();
                yield asked(id, id == null ? null : new Request.WithdrawNetwork(id(), id, ifGeneration, requestedBy));
            }
            case "DeclareAttachment" -> {
                AttachmentId id = attachment();
                AttachmentSpec spec = AttachmentReader.spec(fields.requireObject("spec"), problems);
                yield asked(
                        id,
                        id == null || spec == null
                                ? null
                                : new Request.DeclareAttachment(id(), id, ifGeneration, spec, requestedBy));
            }
            case "WithdrawAttachment" -> {
                AttachmentId id = attachment();
                yield asked(
                        id, id == null ? null : new Request.WithdrawAttachment(id(), id, ifGeneration, requestedBy));
            }
            default -> throw new IllegalArgumentException("The type (%s) is not known.".formatted(type));
        };
    }

    private Intake asked(@Nullable Object id, @Nullable Request request) {
        fields.close();
        Reading<Request> reading = request != null && problems.none()
                ? new Reading.Parsed<>(request)
                : new Reading.Wrong<>(problems.all());
        return new Intake.RequestOrigin(
                requestId,
                id == null ? null : overlayOf(id.toString()),
                id == null ? null : id.toString(),
                requestedBy,
                reading);
    }

    private static String overlayOf(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    private String id() {
        return requestId == null ? "" : requestId;
    }

    private @Nullable String requestId() {
        DocumentField field = fields.take("requestId");
        String text = fields.text(field);
        if (field != null && text == null && field.node().isTextual()) {
            // It is refused; the legible part still identifies the request in the answer.
            return Unicode.beginning(Unicode.wellFormed(field.text()), MAX_REQUEST_ID);
        }
        if (field != null && text != null && text.length() > MAX_REQUEST_ID) {
            problems.add(
                    field.path(),
                    RequestReason.OUT_OF_RANGE,
                    "The requestId has %d characters. It may have at most %d."
                            .formatted(text.length(), MAX_REQUEST_ID));
            return Unicode.beginning(text, MAX_REQUEST_ID);
        }
        return text;
    }

    private @Nullable String requestedBy() {
        DocumentField field = fields.take("requestedBy");
        String text = fields.text(field);
        if (field == null || text == null || Principals.isPrincipal(text)) {
            return text;
        }
        int length = text.codePointCount(0, text.length());
        boolean fits = length > 0 && length <= Principals.MAX_LENGTH;
        problems.add( // without the text: it may be shown misleadingly
                field.path(),
                fits ? RequestReason.INVALID_TEXT : RequestReason.OUT_OF_RANGE,
                "The requestedBy must be %s%s."
                        .formatted(Principals.WORDS, fits ? "" : "; it has %d".formatted(length)));
        return null;
    }

    private @Nullable Long ifGeneration() {
        DocumentField field = fields.take("ifGeneration");
        String text = fields.text(field);
        if (field == null || text == null) {
            return null;
        }
        try {
            BigDecimal value = text.length() > 20 ? null : new BigDecimal(text);
            if (value != null && value.signum() >= 0) {
                return value.longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // reported below
        }
        problems.add(
                field.path(),
                RequestReason.NOT_A_NUMBER,
                "The ifGeneration (%s) must be a whole number of 0 or more, at most 19 digits long."
                        .formatted(Fields.shortened(text)));
        return null;
    }

    private @Nullable ResourceId resource() {
        return identified(ResourceId::of, id -> new Naming(fields, new DocumentScope(null, null, null, id)).resource());
    }

    private @Nullable NetworkId network() {
        return identified(NetworkId::of, id -> new Naming(fields, new DocumentScope(null, null, null, id)).network());
    }

    private @Nullable AttachmentId attachment() {
        return identified(AttachmentId::of, id -> new Naming(fields, DocumentScope.ANYWHERE).attachment());
    }

    /** Reads an id that is given in separate fields. */
    @FunctionalInterface
    private interface Named<I> {
        @Nullable I read(@Nullable String id);
    }

    /** Reads the field {@code id}: either the whole key, or only the name, with the rest in other fields. */
    private <I> @Nullable I identified(Function<String, I> whole, Named<I> named) {
        DocumentField field = fields.take("id");
        String id = fields.text(field);
        if (id != null && id.contains("/")) {
            return parsed(id, whole);
        }
        if (id != null && fields.name("id", field) == null) {
            fields.pass("overlay", "namespace", "network", "name");
            return null;
        }
        return named.read(id);
    }

    private <I> @Nullable I parsed(String id, Function<String, I> parser) {
        try {
            return parser.apply(id);
        } catch (IllegalArgumentException e) {
            problems.add("$.id", RequestReason.INVALID_NAME, Addresses.messageOf(e));
            return null;
        }
    }
}
