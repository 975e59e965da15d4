package io.vlink.networkapi.network;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.NetworkId;
import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.UrlNames;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.view.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The path of a network. */
@Path("/v1/overlays/{overlay}/namespaces/{namespace}/networks/{name}/path")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "networks")
public final class PathResource {

    private final View view;
    private final Reads reads;

    PathResource(View view, Reads reads) {
        this.view = view;
        this.reads = reads;
    }

    @Operation(operationId = "getPath", summary = "Shows the path of a network, hop by hop, with counters")
    @APIResponseSchema(ShownPath.class)
    @GET
    @NonBlocking
    public Response get(
            @PathParam("overlay") String overlay,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        NetworkId id = UrlNames.network(overlay, namespace, name);
        reads.requireLoaded();
        var network = view.networks()
                .get(id.toString())
                .orElseThrow(() ->
                        new ProblemException(Problem.ProblemType.NOT_FOUND, "There is no network %s.".formatted(id)));
        return reads.of(view.paths()
                .get(id.toString())
                .map(decision -> ShownPath.of(decision, view))
                .orElseGet(() -> ShownPath.pending(network.generation())));
    }
}
