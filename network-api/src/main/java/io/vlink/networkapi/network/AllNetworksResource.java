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

/** The networks of all namespaces of an overlay. */
@Path("/v1/overlays/{overlay}/networks")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "networks")
public final class AllNetworksResource {

    private final View view;
    private final DeclaredNetworks declared;
    private final Reads reads;

    AllNetworksResource(View view, DeclaredNetworks declared, Reads reads) {
        this.view = view;
        this.declared = declared;
        this.reads = reads;
    }

    @Operation(operationId = "listNetworksOfOverlay", summary = "The networks of all namespaces, by namespace and name")
    @GET
    public Response list(
            @PathParam("overlay") String overlay,
            @QueryParam("namespace")
                    @Parameter(description = "Only those in this namespace", schema = @Schema(type = SchemaType.STRING))
                    @Nullable String namespace,
            @BeanParam Paging paging,
            @BeanParam NetworkFilter filter) {
        UrlNames.require("overlay", overlay);
        return reads.list(
                paging,
                view.networks(),
                overlay + "/",
                network -> Query.allows(namespace, network.id().namespace())
                        && paging.names(network.id().name())
                        && filter.allows(network, declared.network(network.id())),
                network -> declared.network(network.id()).show(network));
    }
}
