package io.vlink.networkapi.topology;

import io.vlink.events.nodes.Node;
import io.vlink.events.switches.Switch;
import io.vlink.networkapi.http.Query;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of a list of nodes. */
public final class NodeFilter {

    @QueryParam("state")
    @Parameter(
            description = "Only those with a switch in this state",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"connected", "disconnected", "refused"}))
    @Nullable String state;

    @QueryParam("maintenance")
    @Parameter(
            description = "Only those that are in maintenance (true) or not (false)",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Nullable String maintenance;

    boolean allows(Node node, DeclaredTopology declared) {
        Switch seen = declared.switchOf(node);
        return Query.allows(Query.constant("state", state, Switch.State.class), seen == null ? null : seen.state())
                && Query.allows(
                        Query.flag("maintenance", maintenance), node.spec().maintenance());
    }
}
