package io.vlink.networkapi.document;

import io.vlink.networkapi.rest.MediaTypes;
import io.vlink.networkapi.rest.Problem;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What calls are answered, as models of the document. */
final class Answers {

    private static final Map<String, String> PROBLEMS = Map.ofEntries(
            Map.entry("400", "The URL, the query, a header or the syntax of the document is wrong"),
            Map.entry("404", "There is no such thing"),
            Map.entry("405", "The method is not offered here"),
            Map.entry("406", "There is no such representation; there are JSON and YAML"),
            Map.entry("409", "It exists already, or contradicts what is recorded"),
            Map.entry("412", "If-Match or If-None-Match does not hold"),
            Map.entry("413", "The document is larger than 1 MiB"),
            Map.entry("414", "The URL is longer than 8,192 characters; without a body, when it is far longer"),
            Map.entry("415", "The media type is not understood"),
            Map.entry("422", "What is asked for cannot be granted as written; `violations` says why"),
            Map.entry("431", "The headers are longer than 16,384 characters; without a body, when they are far longer"),
            Map.entry("500", "The service failed; its log says why"),
            Map.entry(
                    "503",
                    "Kafka did not answer in time, or what it holds is not loaded yet; a write may be recorded or not"),
            Map.entry("504", "path-service did not answer in time; nothing was recorded"));

    private Answers() {}

    /** A problem with this status. */
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

    /** Something shown, in any representation. */
    static APIResponse shown(String description, Schema schema) {
        return OASFactory.createAPIResponse().description(description).content(documents(schema));
    }

    /** What came of a write, shown as it is then. */
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
