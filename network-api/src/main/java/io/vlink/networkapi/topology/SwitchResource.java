package io.vlink.networkapi.topology;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.events.DatapathId;
import io.vlink.events.switches.Switch;
import io.vlink.networkapi.rest.Calls;
import io.vlink.networkapi.rest.MediaTypes;
import io.vlink.networkapi.rest.Problem;
import io.vlink.networkapi.rest.ProblemException;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.rest.UrlNames;
import io.vlink.networkapi.view.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Switches and their ports, as seen; nobody declares them. */
@Path("/v1/switches")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@APIResponse(
        responseCode = "default",
        description = "A problem (RFC 9457), with every violation",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Tag(name = "topology")
public final class SwitchResource {

    private final View view;
    private final Calls calls;
    private final Reads reads;

    SwitchResource(View view, Calls calls, Reads reads) {
        this.view = view;
        this.calls = calls;
        this.reads = reads;
    }

    @Operation(summary = "All switches, by name")
    @APIResponse(responseCode = "200", description = "The list, under items")
    @GET
    public Response list() {
        return reads.list(
                calls.current(), view.switches().all().stream().map(this::show).toList());
    }

    @Operation(summary = "Shows a switch with its ports")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = ShownSwitch.class)))
    @GET
    @Path("/{datapathId}")
    @NonBlocking
    public Response get(@PathParam("datapathId") String datapathId) {
        DatapathId id = UrlNames.checked(() -> DatapathId.of(datapathId));
        reads.requireLoaded();
        return reads.of(
                calls.current(),
                view.switches()
                        .get(id.toString())
                        .map(this::show)
                        .orElseThrow(() -> new ProblemException(
                                Problem.Kind.NOT_FOUND, "No switch %s was ever seen.".formatted(id))));
    }

    private ShownSwitch show(Switch seen) {
        return ShownSwitch.of(
                seen,
                view.nodes().all().stream()
                        .filter(node -> !node.withdrawn())
                        .filter(node -> node.spec().datapathId().equals(seen.id()))
                        .map(node -> node.id().toString())
                        .toList(),
                view.ports().under(seen.id() + "/"));
    }
}
