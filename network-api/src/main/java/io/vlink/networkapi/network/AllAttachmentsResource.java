package io.vlink.networkapi.network;

import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Paging;
import io.vlink.networkapi.http.Query;
import io.vlink.networkapi.http.UrlNames;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.view.View;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The attachments of all networks of an overlay. */
@Path("/v1/overlays/{overlay}/attachments")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "attachments")
public final class AllAttachmentsResource {

    private final View view;
    private final DeclaredNetworks declared;
    private final Reads reads;

    AllAttachmentsResource(View view, DeclaredNetworks declared, Reads reads) {
        this.view = view;
        this.declared = declared;
        this.reads = reads;
    }

    @Operation(
            operationId = "listAttachmentsOfOverlay",
            summary = "The attachments of all networks, by namespace, network and id")
    @GET
    public Response list(
            @PathParam("overlay") String overlay,
            @QueryParam("namespace")
                    @Parameter(
                            description = "Only those of networks in this namespace",
                            schema = @Schema(type = SchemaType.STRING))
                    @Nullable String namespace,
            @QueryParam("network")
                    @Parameter(
                            description = "Only those of networks of this name",
                            schema = @Schema(type = SchemaType.STRING))
                    @Nullable String network,
            @BeanParam Paging paging,
            @BeanParam AttachmentFilter filter) {
        UrlNames.require("overlay", overlay);
        return reads.list(
                paging,
                view.attachments(),
                overlay + "/",
                attachment -> Query.allows(namespace, attachment.id().network().namespace())
                        && Query.allows(network, attachment.id().network().name())
                        && paging.names(attachment.id().id())
                        && filter.allows(attachment, declared.attachment(attachment.id())),
                attachment -> declared.attachment(attachment.id()).show(attachment));
    }
}
