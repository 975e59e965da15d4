package io.vlink.networkapi.topology;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.ResourceId;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.reading.Place;
import io.vlink.networkapi.reading.TopologyReader;
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

/** Links of an overlay. */
@Path("/v1/overlays/{overlay}/links")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@APIResponse(
        responseCode = "default",
        description = "A problem (RFC 9457), with every violation",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Tag(name = "topology")
public final class LinkResource {

    private final View view;
    private final Calls calls;
    private final Representations representations;
    private final Reads reads;
    private final Writes writes;

    LinkResource(View view, Calls calls, Representations representations, Reads reads, Writes writes) {
        this.view = view;
        this.calls = calls;
        this.representations = representations;
        this.reads = reads;
        this.writes = writes;
    }

    @Operation(summary = "All links of the overlay, by name")
    @APIResponse(responseCode = "200", description = "The list, under items")
    @GET
    public Response list(@PathParam("overlay") String overlay) {
        UrlNames.require("overlay", overlay);
        return reads.list(
                calls.current(),
                view.links().under(overlay + "/").stream()
                        .filter(link -> !link.withdrawn())
                        .map(link -> new LinkTarget(link.id(), view).show(link))
                        .toList());
    }

    @Operation(summary = "Creates a link")
    @RequestBody(
            required = true,
            description = "The plain form (POST: with its name), or the form that GET shows",
            content = @Content(schema = @Schema(implementation = LinkSpec.class)))
    @APIResponse(
            responseCode = "201",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = ShownLink.class)))
    @APIResponse(responseCode = "409", description = "It exists, or contradicts what is recorded")
    @POST
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> create(@PathParam("overlay") String overlay, byte[] body) {
        UrlNames.require("overlay", overlay);
        return declare(Writes.Way.POST, Place.inOverlay(overlay, null), body);
    }

    @Operation(summary = "Declares a link; the same again changes nothing")
    @RequestBody(
            required = true,
            description = "The plain form (POST: with its name), or the form that GET shows",
            content = @Content(schema = @Schema(implementation = LinkSpec.class)))
    @APIResponse(
            responseCode = "200",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = ShownLink.class)))
    @APIResponse(responseCode = "201", description = "It is new")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match does not hold")
    @PUT
    @Path("/{name}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay, @PathParam("name") String name, byte[] body) {
        ResourceId id = UrlNames.resource(overlay, name);
        return declare(Writes.Way.PUT, Place.inOverlay(id.overlay(), id.name()), body);
    }

    private CompletionStage<Response> declare(Writes.Way way, Place place, byte[] body) {
        Call call = calls.current();
        var declaration = representations.read(call, body, root -> TopologyReader.link(root, place));
        return writes.declare(
                call,
                way,
                new LinkTarget(declaration.id(), view),
                (requestId, ifGeneration) ->
                        new Request.DeclareLink(requestId, declaration.id(), ifGeneration, declaration.spec()));
    }

    @Operation(summary = "Shows a link")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = ShownLink.class)))
    @GET
    @Path("/{name}")
    @NonBlocking
    public Response get(@PathParam("overlay") String overlay, @PathParam("name") String name) {
        return reads.one(calls.current(), new LinkTarget(UrlNames.resource(overlay, name), view));
    }

    @Operation(summary = "Withdraws a link; repeatable")
    @APIResponse(responseCode = "204", description = "Nothing is left of it")
    @DELETE
    @Path("/{name}")
    public CompletionStage<Response> delete(@PathParam("overlay") String overlay, @PathParam("name") String name) {
        ResourceId id = UrlNames.resource(overlay, name);
        return writes.withdraw(
                calls.current(),
                new LinkTarget(id, view),
                (requestId, ifGeneration) -> new Request.WithdrawLink(requestId, id, ifGeneration));
    }
}
