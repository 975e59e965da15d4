package io.vlink.networkapi.topology;

import io.vlink.events.switches.Switch;
import io.vlink.networkapi.http.Query;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of a list of switches. */
public final class SwitchFilter {

    @QueryParam("state")
    @Parameter(
            description = "Only those in this state",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"connected", "disconnected", "refused"}))
    @Nullable String state;

    @QueryParam("node")
    @Parameter(
            description = "Only those of the node of this name, in any overlay",
            schema = @Schema(type = SchemaType.STRING))
    @Nullable String node;

    boolean allows(Switch seen, DeclaredTopology declared) {
        return Query.allows(Query.constant("state", state, Switch.State.class), seen.state())
                && (node == null
                        || declared.nodesOf(seen.id()).stream()
                                .anyMatch(of -> of.name().equals(node)));
    }
}
