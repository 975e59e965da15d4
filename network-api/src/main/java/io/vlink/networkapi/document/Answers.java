package io.vlink.networkapi.document;

import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Problem;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The answers to calls, as models of the OpenAPI document. */
final class Answers {

    private static final Map<String, String> PROBLEMS = Map.ofEntries(
            Map.entry("400", "The URL, the query, a header or the syntax of the document is wrong"),
            Map.entry("404", "It does not exist"),
            Map.entry("405", "The path does not support the method"),
            Map.entry("406", "The representation is not available; JSON and YAML are"),
            Map.entry("408", "The body took too long to arrive; the connection is closed"),
            Map.entry("409", "It exists already, or conflicts with what is recorded"),
            Map.entry("412", "If-Match or If-None-Match does not hold"),
            Map.entry("413", "The document is larger than 1 MiB"),
            Map.entry("414", "The URL is longer than 8,192 characters; if far longer, the answer has no body"),
            Map.entry("415", "The media type is not supported"),
            Map.entry("422", "The request cannot be granted as written; `violations` lists the reasons"),
            Map.entry("431", "The headers are longer than 16,384 characters; if far longer, the answer has no body"),
            Map.entry("500", "The service failed; the reason is in its log"),
            Map.entry(
                    "503",
                    "Kafka did not answer in time, or its data is not loaded yet; with the reason OutcomeUnknown, a write may have been recorded"),
            Map.entry("504", "path-service did not answer in time; nothing was recorded"));

    private Answers() {}

    /** Returns the answer for a problem with this status. */
    static APIResponse problem(String status) {
        APIResponse response = OASFactory.createAPIResponse()
                .description(PROBLEMS.get(status))
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(ref("Problem"))));
        return switch (status) {
            case "503" -> response.addHeader("Retry-After", header("RetryAfter"));
            case "405" -> response.addHeader("Allow", header("Allow"));
            default -> response;
        };
    }

    /** Returns an answer that shows a resource, in any representation. */
    static APIResponse shown(String description, Schema schema) {
        return OASFactory.createAPIResponse().description(description).content(documents(schema));
    }

    /** Returns the answer to a write, which shows the resource as it is afterwards. */
    static APIResponse written(String description, Schema schema) {
        return shown(description, schema)
                .addHeader("ETag", header("ETag"))
                .addHeader("Location", header("Location"))
                .addHeader("Preference-Applied", header("PreferenceApplied"));
    }

    static Content documents(Schema schema) {
        Content content = OASFactory.createContent();
        for (String type : List.of(MediaTypes.JSON, MediaTypes.YAML)) {
            content.addMediaType(type, OASFactory.createMediaType().schema(schema));
        }
        return content;
    }

    static Header header(String name) {
        return OASFactory.createHeader().ref("#/components/headers/" + name);
    }

    static Schema ref(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }
}
