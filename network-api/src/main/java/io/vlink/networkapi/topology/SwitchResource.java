package io.vlink.networkapi.topology;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.switches.Switch;
import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Paging;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.UrlNames;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.view.View;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The switches and their ports as their gateways see them. They are not declared. */
@Path("/v1/switches")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "topology")
public final class SwitchResource {

    private final View view;
    private final DeclaredTopology declared;
    private final Reads reads;
    private final SwitchRemoval removal;

    SwitchResource(View view, DeclaredTopology declared, Reads reads, SwitchRemoval removal) {
        this.removal = removal;
        this.view = view;
        this.declared = declared;
        this.reads = reads;
    }

    @Operation(operationId = "listSwitches", summary = "The switches seen so far, by datapath id")
    @GET
    public Response list(@BeanParam Paging paging, @BeanParam SwitchFilter filter) {
        return reads.list(
                paging,
                view.switches(),
                "",
                seen -> paging.names(seen.id().toString()) && filter.allows(seen, declared),
                this::show);
    }

    @Operation(operationId = "getSwitch", summary = "Shows a switch with its ports")
    @APIResponseSchema(ShownSwitch.class)
    @GET
    @Path("/{datapathId}")
    @NonBlocking
    public Response get(@PathParam("datapathId") String datapathId) {
        DatapathId id = UrlNames.checked(() -> DatapathId.of(datapathId));
        reads.requireLoaded();
        return reads.of(view.switches()
                .get(id.toString())
                .map(this::show)
                .orElseThrow(() -> new ProblemException(
                        Problem.ProblemType.NOT_FOUND,
                        "There is no switch %s. It has not been seen, or was forgotten.".formatted(id))));
    }

    @Operation(operationId = "deleteSwitch", summary = "Forgets a switch that is gone, and its ports; may be repeated")
    @DELETE
    @Path("/{datapathId}")
    public CompletionStage<Response> delete(@PathParam("datapathId") String datapathId) {
        DatapathId id = UrlNames.checked(() -> DatapathId.of(datapathId));
        reads.requireLoaded();
        return removal.remove(id).thenApply(removed -> {
            if (!removed) {
                throw new ProblemException(
                        Problem.ProblemType.UNAVAILABLE,
                        "Switch %s is still shown: it came back, or its removal is not read back yet. Try again."
                                .formatted(id));
            }
            return Response.noContent().build();
        });
    }

    private ShownSwitch show(Switch seen) {
        return ShownSwitch.of(
                seen,
                declared.nodesOf(seen.id()).stream().map(ResourceId::toString).toList(),
                view.ports().under(seen.id() + "/"));
    }
}
