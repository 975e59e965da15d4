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

/** Nodes of an overlay. */
@Path("/v1/overlays/{overlay}/nodes")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "topology")
public final class NodeResource {

    private final View view;
    private final DeclaredTopology declared;
    private final Reads reads;
    private final Writes writes;

    NodeResource(View view, DeclaredTopology declared, Reads reads, Writes writes) {
        this.view = view;
        this.declared = declared;
        this.reads = reads;
        this.writes = writes;
    }

    @Operation(operationId = "listNodes", summary = "The nodes of the overlay, by name")
    @GET
    public Response list(@PathParam("overlay") String overlay, @BeanParam Paging paging, @BeanParam NodeFilter filter) {
        UrlNames.require("overlay", overlay);
        return reads.list(
                paging,
                view.nodes(),
                overlay + "/",
                node -> paging.names(node.id().name()) && filter.allows(node, declared),
                declared::show);
    }

    @Operation(operationId = "createNode", summary = "Creates a node")
    @POST
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> create(@PathParam("overlay") String overlay, byte[] body) {
        UrlNames.require("overlay", overlay);
        return writes.declare(Way.POST, declared.nodes(), Place.inOverlay(overlay, null), body);
    }

    @Operation(operationId = "putNode", summary = "Declares a node; the same again changes nothing")
    @PUT
    @Path("/{name}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay, @PathParam("name") String name, byte[] body) {
        var id = UrlNames.resource(overlay, name);
        return writes.declare(Way.PUT, declared.nodes(), Place.inOverlay(id.overlay(), id.name()), body);
    }

    @Operation(operationId = "getNode", summary = "Shows a node")
    @APIResponseSchema(ShownNode.class)
    @GET
    @Path("/{name}")
    @NonBlocking
    public Response get(@PathParam("overlay") String overlay, @PathParam("name") String name) {
        return reads.one(declared.node(UrlNames.resource(overlay, name)));
    }

    @Operation(operationId = "deleteNode", summary = "Withdraws a node; repeatable")
    @DELETE
    @Path("/{name}")
    public CompletionStage<Response> delete(@PathParam("overlay") String overlay, @PathParam("name") String name) {
        return writes.withdraw(declared.nodes(), UrlNames.resource(overlay, name));
    }
}
