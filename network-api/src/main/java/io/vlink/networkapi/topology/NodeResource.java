package io.vlink.networkapi.topology;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.ResourceId;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Paging;
import io.vlink.networkapi.http.Query;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The nodes of an overlay. */
@Path("/v1/overlays/{overlay}/nodes")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "topology")
public final class NodeResource {

    private final View view;
    private final DeclaredTopology declared;
    private final Reads reads;
    private final Writes writes;
    private final TopologyDryRuns dryRuns;

    NodeResource(View view, DeclaredTopology declared, Reads reads, Writes writes, TopologyDryRuns dryRuns) {
        this.dryRuns = dryRuns;
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
    public CompletionStage<Response> create(
            @PathParam("overlay") String overlay,
            @QueryParam("dryRun")
                    @Parameter(description = Query.DRY_RUN, schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable String dryRun,
            byte[] body) {
        UrlNames.require("overlay", overlay);
        return declare(Way.POST, DocumentScope.inOverlay(overlay, null), dryRun, body);
    }

    @Operation(operationId = "putNode", summary = "Declares a node; repeating it changes nothing")
    @PUT
    @Path("/{name}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay,
            @PathParam("name") String name,
            @QueryParam("dryRun")
                    @Parameter(description = Query.DRY_RUN, schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable String dryRun,
            byte[] body) {
        var id = UrlNames.resource(overlay, name);
        return declare(Way.PUT, DocumentScope.inOverlay(id.overlay(), id.name()), dryRun, body);
    }

    private CompletionStage<Response> declare(Way way, DocumentScope place, @Nullable String dryRun, byte[] body) {
        boolean dry = Boolean.TRUE.equals(Query.flag("dryRun", dryRun));
        var asked = writes.read(way, declared.nodes(), place, body);
        if (!dry) {
            return writes.declare(declared.nodes(), asked);
        }
        ResourceId id = asked.declaration().id();
        var request = new Request.DeclareNode(
                "", id, asked.ifGeneration(), asked.declaration().spec());
        return CompletableFuture.completedFuture(reads.of(asked.call(), dryRuns.of(way, id, request)));
    }

    @Operation(operationId = "getNode", summary = "Shows a node")
    @APIResponseSchema(ShownNode.class)
    @GET
    @Path("/{name}")
    @NonBlocking
    public Response get(@PathParam("overlay") String overlay, @PathParam("name") String name) {
        return reads.one(declared.node(UrlNames.resource(overlay, name)));
    }

    @Operation(operationId = "deleteNode", summary = "Withdraws a node; may be repeated")
    @DELETE
    @Path("/{name}")
    public CompletionStage<Response> delete(
            @PathParam("overlay") String overlay,
            @PathParam("name") String name,
            @QueryParam("dryRun")
                    @Parameter(description = Query.DRY_RUN, schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable String dryRun) {
        ResourceId id = UrlNames.resource(overlay, name);
        if (!Boolean.TRUE.equals(Query.flag("dryRun", dryRun))) {
            return writes.withdraw(declared.nodes(), id);
        }
        reads.requireLoaded();
        if (view.nodes().get(id.toString()).isEmpty()) {
            return CompletableFuture.completedFuture(Response.noContent().build());
        }
        return CompletableFuture.completedFuture(
                reads.of(dryRuns.of(Way.PUT, id, new Request.WithdrawNode("", id, null))));
    }
}
