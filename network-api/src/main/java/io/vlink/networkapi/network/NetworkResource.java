package io.vlink.networkapi.network;

import io.smallrye.common.annotation.NonBlocking;
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

/** The networks of one namespace: declares, shows and withdraws them. */
@Path("/v1/overlays/{overlay}/namespaces/{namespace}/networks")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "networks")
public final class NetworkResource {

    private final View view;
    private final DeclaredNetworks declared;
    private final Reads reads;
    private final Writes writes;
    private final DryRuns dryRuns;

    NetworkResource(View view, DeclaredNetworks declared, Reads reads, Writes writes, DryRuns dryRuns) {
        this.view = view;
        this.declared = declared;
        this.reads = reads;
        this.writes = writes;
        this.dryRuns = dryRuns;
    }

    @Operation(operationId = "listNetworks", summary = "The networks of the namespace, by name")
    @GET
    public Response list(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @BeanParam Paging paging,
            @BeanParam NetworkFilter filter) {
        UrlNames.require("overlay", overlay);
        UrlNames.require("namespace", namespace);
        return reads.list(
                paging,
                view.networks(),
                "%s/%s/".formatted(overlay, namespace),
                network -> paging.names(network.id().name()) && filter.allows(network, declared.network(network.id())),
                network -> declared.network(network.id()).show(network));
    }

    @Operation(operationId = "createNetwork", summary = "Creates a network")
    @POST
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> create(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @QueryParam("dryRun")
                    @Parameter(description = DryRuns.WORDS, schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable String dryRun,
            byte[] body) {
        UrlNames.require("overlay", overlay);
        UrlNames.require("namespace", namespace);
        return declare(Way.POST, DocumentScope.inNamespace(overlay, namespace, null), dryRun, body);
    }

    @Operation(operationId = "putNetwork", summary = "Declares a network; repeating it changes nothing")
    @PUT
    @Path("/{name}")
    @Consumes({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
    public CompletionStage<Response> put(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("dryRun")
                    @Parameter(description = DryRuns.WORDS, schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable String dryRun,
            byte[] body) {
        NetworkId id = UrlNames.network(overlay, namespace, name);
        return declare(Way.PUT, DocumentScope.inNamespace(id.overlay(), id.namespace(), id.name()), dryRun, body);
    }

    private CompletionStage<Response> declare(Way way, DocumentScope place, @Nullable String dryRun, byte[] body) {
        boolean dry = DryRuns.isAsked(dryRun);
        var asked = writes.read(way, declared.networks(), place, body);
        return dry
                ? dryRuns.answer(
                        asked,
                        (requestId, until) -> new DryRunRequest.AboutNetwork(
                                requestId,
                                asked.declaration().id(),
                                asked.declaration().spec(),
                                until))
                : writes.declare(declared.networks(), asked);
    }

    @Operation(operationId = "getNetwork", summary = "Shows a network")
    @APIResponseSchema(ShownNetwork.class)
    @GET
    @Path("/{name}")
    @NonBlocking
    public Response get(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return reads.one(declared.network(UrlNames.network(overlay, namespace, name)));
    }

    @Operation(operationId = "deleteNetwork", summary = "Withdraws a network; may be repeated")
    @DELETE
    @Path("/{name}")
    public CompletionStage<Response> delete(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return writes.withdraw(declared.networks(), UrlNames.network(overlay, namespace, name));
    }
}
