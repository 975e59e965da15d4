package io.vlink.networkapi.network;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.reading.AttachmentReader;
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

/** Attachments of a network; they may come before it. */
@Path("/v1/overlays/{overlay}/namespaces/{namespace}/networks/{network}/attachments")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@APIResponse(
        responseCode = "default",
        description = "A problem (RFC 9457), with every violation",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Tag(name = "attachments")
public final class AttachmentResource {

    private final View view;
    private final Calls calls;
    private final Representations representations;
    private final Reads reads;
    private final Writes writes;

    AttachmentResource(View view, Calls calls, Representations representations, Reads reads, Writes writes) {
        this.view = view;
        this.calls = calls;
        this.representations = representations;
        this.reads = reads;
        this.writes = writes;
    }

    @Operation(summary = "All attachments of the network, by name")
    @APIResponse(responseCode = "200", description = "The list, under items")
    @GET
    public Response list(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network) {
        NetworkId id = UrlNames.network(overlay, namespace, network);
        return reads.list(
                calls.current(),
                view.attachments().under(id + "/").stream()
                        .filter(attachment -> !attachment.withdrawn())
                        .map(attachment -> new AttachmentTarget(attachment.id(), view).show(attachment))
                        .toList());
    }

    @Operation(summary = "Creates an attachment")
    @RequestBody(
            required = true,
            description = "The plain form (POST: with its id), or the form that GET shows",
            content = @Content(schema = @Schema(implementation = AttachmentSpec.class)))
    @APIResponse(
            responseCode = "202",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = ShownAttachment.class)))
    @APIResponse(responseCode = "409", description = "It exists, or contradicts what is recorded")
    @APIResponse(responseCode = "201", description = "Ready, where Prefer: wait was sent")
    @POST
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> create(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            byte[] body) {
        NetworkId id = UrlNames.network(overlay, namespace, network);
        return declare(Writes.Way.POST, Place.inNetwork(id.overlay(), id.namespace(), id.name(), null), body);
    }

    @Operation(summary = "Declares an attachment; the same again changes nothing")
    @RequestBody(
            required = true,
            description = "The plain form (POST: with its id), or the form that GET shows",
            content = @Content(schema = @Schema(implementation = AttachmentSpec.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was so already, or is Ready",
            content = @Content(schema = @Schema(implementation = ShownAttachment.class)))
    @APIResponse(responseCode = "201", description = "It is new, and Ready")
    @APIResponse(responseCode = "202", description = "Recorded; status says what became of it")
    @APIResponse(responseCode = "412", description = "If-Match or If-None-Match does not hold")
    @PUT
    @Path("/{id}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @PathParam("id") String id,
            byte[] body) {
        AttachmentId attachment = id(overlay, namespace, network, id);
        return declare(Writes.Way.PUT, Place.inNetwork(overlay, namespace, network, attachment.id()), body);
    }

    private CompletionStage<Response> declare(Writes.Way way, Place place, byte[] body) {
        Call call = calls.current();
        var declaration = representations.read(call, body, root -> AttachmentReader.read(root, place));
        return writes.declare(
                call,
                way,
                new AttachmentTarget(declaration.id(), view),
                (requestId, ifGeneration) ->
                        new Request.DeclareAttachment(requestId, declaration.id(), ifGeneration, declaration.spec()));
    }

    @Operation(summary = "Shows an attachment")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = ShownAttachment.class)))
    @GET
    @Path("/{id}")
    @NonBlocking
    public Response get(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @PathParam("id") String id) {
        return reads.one(calls.current(), new AttachmentTarget(id(overlay, namespace, network, id), view));
    }

    @Operation(summary = "Withdraws an attachment; repeatable")
    @APIResponse(responseCode = "204", description = "Nothing is left of it")
    @APIResponse(responseCode = "202", description = "Recorded; it is being removed")
    @DELETE
    @Path("/{id}")
    public CompletionStage<Response> delete(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @PathParam("id") String id) {
        AttachmentId attachment = id(overlay, namespace, network, id);
        return writes.withdraw(
                calls.current(),
                new AttachmentTarget(attachment, view),
                (requestId, ifGeneration) -> new Request.WithdrawAttachment(requestId, attachment, ifGeneration));
    }

    private static AttachmentId id(String overlay, String namespace, String network, String id) {
        return UrlNames.checked(() -> new AttachmentId(new NetworkId(overlay, namespace, network), id));
    }
}
