package io.vlink.networkapi.topology;

import io.vlink.events.links.Link;
import io.vlink.networkapi.http.Query;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of a list of links. */
public final class LinkFilter {

    @QueryParam("node")
    @Parameter(
            description = "Only those that begin or end at the node of this name",
            schema = @Schema(type = SchemaType.STRING))
    @Nullable String node;

    @QueryParam("up")
    @Parameter(
            description = "Only those that are up (true), or down or unknown (false)",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Nullable String up;

    @QueryParam("maintenance")
    @Parameter(
            description = "Only those that are in maintenance (true) or not (false)",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Nullable String maintenance;

    boolean allows(Link link, DeclaredTopology declared) {
        return (Query.allows(node, link.spec().from().node())
                        || Query.allows(node, link.spec().to().node()))
                && Query.allows(Query.flag("up", up), declared.isUp(link.id()))
                && Query.allows(
                        Query.flag("maintenance", maintenance), link.spec().maintenance());
    }
}
