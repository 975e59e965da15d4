package io.vlink.networkapi.network;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.reading.NetworkReader;
import io.vlink.networkapi.reading.Place;
import io.vlink.networkapi.rest.Call;
import io.vlink.networkapi.rest.Calls;
import io.vlink.networkapi.rest.MediaTypes;
import io.vlink.networkapi.rest.Problem;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.rest.Representations;
import io.vlink.networkapi.rest.UrlNames;
import io.vlink.networkapi.rest.Writes;
import io.vlink.networkapi.view.View;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Networks: declared, shown, withdrawn. */
@Path("/v1/overlays/{overlay}/namespaces/{namespace}/networks")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@APIResponse(
        responseCode = "default",
        description = "A problem (RFC 9457), with every violation",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Tag(name = "networks")
public final class NetworkResource {

    private final View view;
    private final Calls calls;
    private final Representations representations;
    private final Reads reads;
    private final Writes writes;

    NetworkResource(View view, Calls calls, Representations representations, Reads reads, Writes writes) {
        this.view = view;
        this.calls = calls;
        this.representations = representations;
        this.reads = reads;
        this.writes = writes;
    }

    @Operation(summary = "All networks of the namespace, by name")
    @APIResponse(responseCode = "200", description = "The list, under items")
    @GET
    public Response list(@PathParam("overlay") String overlay, @PathParam("namespace") String namespace) {
        UrlNames.require("overlay", overlay);
        UrlNames.require("namespace", namespace);
        return reads.list(
                calls.current(),
                view.networks().under("%s/%s/".formatted(overlay, namespace)).stream()
                        .map(network -> new NetworkTarget(network.id(), view).show(network))
                        .toList());
    }

    @Operation(summary = "Creates a network")
    @RequestBody(
            required = true,
            description = "The plain form (POST: with its name), the form that GET shows, or an L2Network manifest",
            content = @Content(schema = @Schema(implementation = NetworkSpec.class)))
    @APIResponse(
            responseCode = "202",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = ShownNetwork.class)))
    @APIResponse(responseCode = "409", description = "It exists, or contradicts what is recorded")
    @APIResponse(responseCode = "201", description = "Ready, where Prefer: wait was sent")
    @POST
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> create(
            @PathParam("overlay") String overlay, @PathParam("namespace") String namespace, byte[] body) {
        UrlNames.require("overlay", overlay);
        UrlNames.require("namespace", namespace);
        return declare(Writes.Way.POST, Place.inNamespace(overlay, namespace, null), body);
    }

    @Operation(summary = "Declares a network; the same again changes nothing")
    @RequestBody(
            required = true,
            description = "The plain form (POST: with its name), the form that GET shows, or an L2Network manifest",
            content = @Content(schema = @Schema(implementation = NetworkSpec.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was so already, or is Ready",
            content = @Content(schema = @Schema(implementation = ShownNetwork.class)))
    @APIResponse(responseCode = "201", description = "It is new, and Ready")
    @APIResponse(responseCode = "202", description = "Recorded; status says what became of it")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match does not hold")
    @PUT
    @Path("/{name}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            byte[] body) {
        NetworkId id = UrlNames.network(overlay, namespace, name);
        return declare(Writes.Way.PUT, Place.inNamespace(id.overlay(), id.namespace(), id.name()), body);
    }

    private CompletionStage<Response> declare(Writes.Way way, Place place, byte[] body) {
        Call call = calls.current();
        var declaration = representations.read(call, body, root -> NetworkReader.read(root, place));
        return writes.declare(
                call,
                way,
                new NetworkTarget(declaration.id(), view),
                (requestId, ifGeneration) ->
                        new Request.DeclareNetwork(requestId, declaration.id(), ifGeneration, declaration.spec()));
    }

    @Operation(summary = "Shows a network")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = ShownNetwork.class)))
    @GET
    @Path("/{name}")
    @NonBlocking
    public Response get(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return reads.one(calls.current(), new NetworkTarget(UrlNames.network(overlay, namespace, name), view));
    }

    @Operation(summary = "Withdraws a network; repeatable")
    @APIResponse(responseCode = "204", description = "Nothing is left of it")
    @APIResponse(responseCode = "202", description = "Recorded; it is being removed")
    @DELETE
    @Path("/{name}")
    public CompletionStage<Response> delete(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        NetworkId id = UrlNames.network(overlay, namespace, name);
        return writes.withdraw(
                calls.current(),
                new NetworkTarget(id, view),
                (requestId, ifGeneration) -> new Request.WithdrawNetwork(requestId, id, ifGeneration));
    }
}
