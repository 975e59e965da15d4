package io.vlink.networkapi.topology;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.networkapi.reading.Place;
import io.vlink.networkapi.rest.Effects.Way;
import io.vlink.networkapi.rest.MediaTypes;
import io.vlink.networkapi.rest.Paging;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.rest.UrlNames;
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
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Links of an overlay. */
@Path("/v1/overlays/{overlay}/links")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "topology")
public final class LinkResource {

    private final View view;
    private final DeclaredTopology declared;
    private final Reads reads;
    private final Writes writes;

    LinkResource(View view, DeclaredTopology declared, Reads reads, Writes writes) {
        this.view = view;
        this.declared = declared;
        this.reads = reads;
        this.writes = writes;
    }

    @Operation(operationId = "listLinks", summary = "The links of the overlay, by name")
    @GET
    public Response list(@PathParam("overlay") String overlay, @BeanParam Paging paging, @BeanParam LinkFilter filter) {
        UrlNames.require("overlay", overlay);
        return reads.list(
                paging,
                view.links(),
                overlay + "/",
                link -> paging.names(link.id().name()) && filter.allows(link, declared),
                declared::show);
    }

    @Operation(operationId = "createLink", summary = "Creates a link")
    @POST
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> create(@PathParam("overlay") String overlay, byte[] body) {
        UrlNames.require("overlay", overlay);
        return writes.declare(Way.POST, declared.links(), Place.inOverlay(overlay, null), body);
    }

    @Operation(operationId = "putLink", summary = "Declares a link; the same again changes nothing")
    @PUT
    @Path("/{name}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay, @PathParam("name") String name, byte[] body) {
        var id = UrlNames.resource(overlay, name);
        return writes.declare(Way.PUT, declared.links(), Place.inOverlay(id.overlay(), id.name()), body);
    }

    @Operation(operationId = "getLink", summary = "Shows a link")
    @APIResponseSchema(ShownLink.class)
    @GET
    @Path("/{name}")
    @NonBlocking
    public Response get(@PathParam("overlay") String overlay, @PathParam("name") String name) {
        return reads.one(declared.link(UrlNames.resource(overlay, name)));
    }

    @Operation(operationId = "deleteLink", summary = "Withdraws a link; repeatable")
    @DELETE
    @Path("/{name}")
    public CompletionStage<Response> delete(@PathParam("overlay") String overlay, @PathParam("name") String name) {
        return writes.withdraw(declared.links(), UrlNames.resource(overlay, name));
    }
}
