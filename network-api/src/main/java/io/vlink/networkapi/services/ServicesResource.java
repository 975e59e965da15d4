package io.vlink.networkapi.services;

import io.smallrye.common.annotation.NonBlocking;
import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.rest.Reads;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The services as this instance hears them. Also answers before the view is loaded, when it is needed most. */
@Path("/v1/services")
@Produces({MediaTypes.JSON, MediaTypes.YAML, MediaTypes.TEXT_YAML, MediaTypes.X_YAML})
@Tag(name = "services")
public final class ServicesResource {

    private final NetworkLog log;
    private final Reads reads;

    ServicesResource(NetworkLog log, Reads reads) {
        this.log = log;
        this.reads = reads;
    }

    @Operation(operationId = "listServices", summary = "The services with their instances, including missing ones")
    @GET
    @NonBlocking
    public Response list() {
        var services = log.services();
        return reads.of(new Reads.Items(
                new TreeMap<>(services.seen())
                        .values().stream()
                                .map(seen -> ShownService.of(seen, services.deaf()))
                                .toList(),
                null));
    }

    @Operation(operationId = "getService", summary = "Shows a service with its instances")
    @APIResponseSchema(ShownService.class)
    @GET
    @Path("/{name}")
    @NonBlocking
    public Response get(@PathParam("name") String name) {
        var services = log.services();
        var seen = services.seen().get(name);
        if (seen == null) {
            throw new ProblemException(Problem.ProblemType.NOT_FOUND, "There is no service %s.".formatted(name));
        }
        return reads.of(ShownService.of(seen, services.deaf()));
    }
}
