package io.vlink.networkapi.network;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.reading.AttachmentReader;
import io.vlink.networkapi.reading.Place;
import io.vlink.networkapi.rest.Call;
import io.vlink.networkapi.rest.Calls;
import io.vlink.networkapi.rest.MediaTypes;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Attachments of a network; they may come before it. */
@Path("/v1/overlays/{overlay}/namespaces/{namespace}/networks/{network}/attachments")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
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

    @GET
    @Path("/{id}")
    public Response get(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @PathParam("id") String id) {
        return reads.one(calls.current(), new AttachmentTarget(id(overlay, namespace, network, id), view));
    }

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
