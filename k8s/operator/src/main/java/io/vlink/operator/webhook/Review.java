package io.vlink.operator.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An AdmissionReview (admission.k8s.io/v1) from the API server, and its answer. Pure.
 *
 * @param object the object to admit; missing if it is being deleted
 * @param before the current object; missing if it is being created
 */
record Review(String uid, String operation, String namespace, boolean dryRun, JsonNode object, JsonNode before) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNPROCESSABLE = 422;

    /** Reads a request; returns null if it is not about an object. */
    static @Nullable Review read(byte[] body) {
        try {
            JsonNode request = JSON.readTree(body).path("request");
            JsonNode object = request.path("object");
            JsonNode before = request.path("oldObject");
            boolean any = object.path("metadata").isObject()
                    || before.path("metadata").isObject();
            if (!request.path("uid").isTextual() || !any) {
                return null;
            }
            return new Review(
                    request.path("uid").asText(),
                    request.path("operation").asText(),
                    request.path("namespace").asText(),
                    request.path("dryRun").asBoolean(),
                    object,
                    before);
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns the answer that admits the object, with warnings for the user. */
    byte[] answer(List<String> warnings) {
        ObjectNode review = answer();
        ObjectNode response = review.withObject("response").put("allowed", true);
        if (!warnings.isEmpty()) {
            ArrayNode told = response.putArray("warnings");
            warnings.forEach(told::add);
        }
        return review.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode answer() {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        review.putObject("response").put("uid", uid);
        return review;
    }

    byte[] answer(PodAdmission.AdmissionResponse verdict) {
        ObjectNode review = answer();
        ObjectNode response = review.withObject("response");
        switch (verdict) {
            case PodAdmission.AdmissionResponse.Unchanged unchanged -> response.put("allowed", true);
            case PodAdmission.AdmissionResponse.Annotated annotated -> {
                response.put("allowed", true).put("patchType", "JSONPatch");
                ArrayNode patch = JSON.createArrayNode();
                // The pod has annotations already: at least the one that asks for networks.
                annotated.annotations().forEach((key, value) -> patch.addObject()
                        .put("op", "add")
                        .put(
                                "path",
                                "/metadata/annotations/"
                                        + key.replace("~", "~0").replace("/", "~1"))
                        .put("value", value));
                response.put(
                        "patch",
                        Base64.getEncoder().encodeToString(patch.toString().getBytes(StandardCharsets.UTF_8)));
            }
            case PodAdmission.AdmissionResponse.PodDenied refused -> {
                response.put("allowed", false);
                response.putObject("status").put("code", UNPROCESSABLE).put("message", refused.message());
            }
        }
        return review.toString().getBytes(StandardCharsets.UTF_8);
    }
}
