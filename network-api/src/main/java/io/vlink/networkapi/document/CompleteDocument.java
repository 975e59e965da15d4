package io.vlink.networkapi.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to each operation what all operations of its sort have in common: the request document, every possible answer,
 * and the headers that are read. The operation's id names the sort ({@code list}, {@code get}, {@code create},
 * {@code put} or {@code delete}) and the thing.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CompleteDocument implements OASFilter {

    private static final String LIST = "list";
    private static final List<String> WHAT_TAKES_TIME = List.of("Network", "Attachment");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/v1/")) {
                item.getOperations().forEach((method, operation) -> {
                    complete(path, method, operation);
                    if (operation.getOperationId().startsWith(LIST)) {
                        String thing = listed(operation.getOperationId());
                        schemas.put(thing + "List", list(thing));
                    }
                });
            }
        });
        document.getComponents().setSchemas(schemas);
    }

    private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
        String id = operation.getOperationId();
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn() == Parameter.In.PATH)
                    .forEach(parameter -> describe(path, parameter));
        }
        APIResponses answers = OASFactory.createAPIResponses();
        if (operation.getResponses() != null && path.matches("/v1/(bulk|events)")) {
            operation.getResponses().getAPIResponses().forEach(answers::addAPIResponse);
        }
        operation.setResponses(answers);
        switch (method) {
            case GET -> shown(path, id, operation, answers);
            case POST, PUT -> {
                if (!id.equals("bulk")) {
                    written(id.replaceFirst("create|put", ""), method, operation, answers);
                }
            }
            case DELETE -> withdrawn(id.replaceFirst("delete", ""), operation, answers);
            default ->
                throw new IllegalStateException("No answers are defined for method %s of %s.".formatted(method, path));
        }
        problems(path, method, operation).forEach(status -> answers.addAPIResponse(status, Answers.problem(status)));
    }

    private static void shown(String path, String id, Operation operation, APIResponses answers) {
        if (path.equals("/v1/events")) {
            return;
        }
        if (id.startsWith(LIST)) {
            answers.addAPIResponse(
                    "200",
                    Answers.shown(
                                    "One page; `next` and the header `Link` lead to the next one",
                                    Answers.ref(listed(id) + "List"))
                            .addHeader("Link", Answers.header("Link")));
        } else {
            String thing = id.replaceFirst("get", "");
            APIResponse answer = Answers.shown("Its current state", Answers.ref(thing));
            if (!List.of("Path", "Switch", "Service").contains(thing)) {
                answer.addHeader("ETag", Answers.header("ETag"));
                operation.addParameter(OASFactory.createParameter().ref("#/components/parameters/IfNoneMatchOfGet"));
                answers.addAPIResponse(
                        "304",
                        OASFactory.createAPIResponse()
                                .description("It still has that generation; its status may have changed")
                                .addHeader("ETag", Answers.header("ETag")));
            }
            answers.addAPIResponse("200", answer);
        }
    }

    /** Returns the thing that an operation lists, in the singular. */
    private static String listed(String id) {
        return id.replaceFirst(LIST, "").replaceFirst("(?:(?<=ch)es|s)(OfOverlay)?$", "");
    }

    private static void written(String thing, PathItem.HttpMethod method, Operation operation, APIResponses answers) {
        Schema schema = Answers.ref(thing);
        boolean takesTime = WHAT_TAKES_TIME.contains(thing);
        Schema foretold = Answers.ref(takesTime ? "Forecast" : "Rehearsal");
        operation.setRequestBody(OASFactory.createRequestBody()
                .required(true)
                .description("The plain form, or the form that GET shows")
                .content(Answers.documents(Answers.ref(thing + "Declaration"))));
        parameters(operation, method == PathItem.HttpMethod.PUT);
        answers.addAPIResponse("201", Answers.written(takesTime ? "Created, and Ready" : "Created", schema));
        answers.addAPIResponse(
                "202",
                Answers.written(
                        takesTime
                                ? "Recorded; `status` shows its state so far, or why it is refused"
                                : "Recorded; it had not taken effect when the wait ended",
                        schema));
        if (method == PathItem.HttpMethod.PUT) {
            Schema now = OASFactory.createSchema().addAnyOf(schema).addAnyOf(foretold);
            answers.addAPIResponse(
                    "200", Answers.written("Unchanged, or in effect; with `dryRun`, what would be decided", now));
        } else {
            answers.addAPIResponse("200", Answers.shown("With `dryRun`: what would be decided", foretold));
        }
    }

    private static void withdrawn(String thing, Operation operation, APIResponses answers) {
        if (thing.equals("Switch")) { // discovered, not declared
            answers.addAPIResponse("204", OASFactory.createAPIResponse().description("It is forgotten"));
            return;
        }
        parameters(operation, true);
        answers.addAPIResponse(
                "204",
                OASFactory.createAPIResponse()
                        .description("It is removed")
                        .addHeader("Preference-Applied", Answers.header("PreferenceApplied")));
        answers.addAPIResponse("202", Answers.written("Recorded; it is being removed", Answers.ref(thing)));
        if (!WHAT_TAKES_TIME.contains(thing)) {
            answers.addAPIResponse(
                    "200", Answers.shown("With `dryRun`: what would be decided", Answers.ref("Rehearsal")));
        }
    }

    private static void parameters(Operation operation, boolean conditional) {
        List<String> names = conditional ? List.of("Prefer", "IfMatch", "IfNoneMatch") : List.of("Prefer");
        names.forEach(
                name -> operation.addParameter(OASFactory.createParameter().ref("#/components/parameters/" + name)));
    }

    private static List<String> problems(String path, PathItem.HttpMethod method, Operation operation) {
        List<String> statuses = new ArrayList<>(List.of("400", "414", "431", "500", "503"));
        if (path.equals("/v1/bulk")) {
            statuses.add("415");
            return statuses;
        }
        if (path.equals("/v1/events")) {
            return statuses;
        }
        statuses.add("406");
        boolean one = path.endsWith("}") || path.endsWith("/path");
        switch (method) {
            case GET -> statuses.addAll(one ? List.of("404") : List.of());
            case DELETE ->
                statuses.addAll(path.startsWith("/v1/switches") ? List.of("409", "413") : List.of("409", "412", "413"));
            default -> {
                statuses.addAll(List.of("408", "409", "413", "415", "422"));
                statuses.addAll(one ? List.of("412") : List.of());
                statuses.addAll(
                        operation.getOperationId().matches(".*(Network|Attachment)") ? List.of("504") : List.of());
            }
        }
        return statuses;
    }

    private static void describe(String path, Parameter parameter) {
        boolean switchId = parameter.getName().equals("datapathId");
        parameter
                .description(
                        switch (parameter.getName()) {
                            case "overlay" -> "One network of switches under one administration, such as `default`";
                            case "namespace" -> "The namespace that the network belongs to, such as `default`";
                            case "network" -> "The network's name";
                            case "id" -> "The attachment's id within the network";
                            case "datapathId" -> "The switch's 64-bit id in hexadecimal";
                            default -> "The name";
                        })
                .example(
                        switch (parameter.getName()) {
                            case "overlay", "namespace" -> "default";
                            case "network" -> "vlink-sample";
                            case "id" -> "ping";
                            case "datapathId" -> "000000000000000a";
                            default ->
                                path.contains("/nodes/")
                                        ? "node-a"
                                        : path.contains("/links/")
                                                ? "link-ac"
                                                : path.contains("/services/") ? "path-service" : "vlink-sample";
                        })
                .schema(switchId ? Answers.ref("DatapathId") : Answers.ref("Name"));
    }

    private static Schema list(String thing) {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("Some or all %ss, in order of name".formatted(thing.toLowerCase(Locale.ROOT)))
                .addRequired("items")
                .addProperty(
                        "items",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .description("The entries on this page")
                                .items(Answers.ref(thing)))
                .addProperty(
                        "next",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.STRING)
                                .description("Value of `after` for the next page; absent on the last page"));
    }
}
