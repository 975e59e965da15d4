package io.vlink.networkapi.network;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Paging;
import io.vlink.networkapi.http.UrlNames;
import io.vlink.networkapi.reading.DocumentScope;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.rest.WriteExecution.Way;
import io.vlink.networkapi.rest.Writes;
import io.vlink.networkapi.view.View;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The attachments of one network. They may be declared before the network. */
@Path("/v1/overlays/{overlay}/namespaces/{namespace}/networks/{network}/attachments")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "attachments")
public final class AttachmentResource {

    private final View view;
    private final DeclaredNetworks declared;
    private final Reads reads;
    private final Writes writes;
    private final DryRuns dryRuns;

    AttachmentResource(View view, DeclaredNetworks declared, Reads reads, Writes writes, DryRuns dryRuns) {
        this.view = view;
        this.declared = declared;
        this.reads = reads;
        this.writes = writes;
        this.dryRuns = dryRuns;
    }

    @Operation(operationId = "listAttachments", summary = "The attachments of the network, by id")
    @GET
    public Response list(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @BeanParam Paging paging,
            @BeanParam AttachmentFilter filter) {
        NetworkId of = UrlNames.network(overlay, namespace, network);
        return reads.list(
                paging,
                view.attachments(),
                of + "/",
                attachment -> paging.names(attachment.id().id())
                        && filter.allows(attachment, declared.attachment(attachment.id())),
                attachment -> declared.attachment(attachment.id()).show(attachment));
    }

    @Operation(operationId = "createAttachment", summary = "Creates an attachment")
    @POST
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> create(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @QueryParam("dryRun")
                    @Parameter(description = DryRuns.WORDS, schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable String dryRun,
            byte[] body) {
        NetworkId of = UrlNames.network(overlay, namespace, network);
        return declare(Way.POST, DocumentScope.inNetwork(of.overlay(), of.namespace(), of.name(), null), dryRun, body);
    }

    @Operation(operationId = "putAttachment", summary = "Declares an attachment; repeating it changes nothing")
    @PUT
    @Path("/{id}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @PathParam("id") String id,
            @QueryParam("dryRun")
                    @Parameter(description = DryRuns.WORDS, schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable String dryRun,
            byte[] body) {
        AttachmentId attachment = id(overlay, namespace, network, id);
        return declare(Way.PUT, DocumentScope.inNetwork(overlay, namespace, network, attachment.id()), dryRun, body);
    }

    private CompletionStage<Response> declare(Way way, DocumentScope place, @Nullable String dryRun, byte[] body) {
        boolean dry = DryRuns.isAsked(dryRun);
        var asked = writes.read(way, declared.attachments(), place, body);
        return dry
                ? dryRuns.answer(
                        asked,
                        (requestId, until) -> new DryRunRequest.AboutAttachment(
                                requestId,
                                asked.declaration().id(),
                                asked.declaration().spec(),
                                until))
                : writes.declare(declared.attachments(), asked);
    }

    @Operation(operationId = "getAttachment", summary = "Shows an attachment")
    @APIResponseSchema(ShownAttachment.class)
    @GET
    @Path("/{id}")
    @NonBlocking
    public Response get(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @PathParam("id") String id) {
        return reads.one(declared.attachment(id(overlay, namespace, network, id)));
    }

    @Operation(operationId = "deleteAttachment", summary = "Withdraws an attachment; may be repeated")
    @DELETE
    @Path("/{id}")
    public CompletionStage<Response> delete(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("network") String network,
            @PathParam("id") String id) {
        return writes.withdraw(declared.attachments(), id(overlay, namespace, network, id));
    }

    private static AttachmentId id(String overlay, String namespace, String network, String id) {
        return UrlNames.checked(() -> new AttachmentId(new NetworkId(overlay, namespace, network), id));
    }
}
