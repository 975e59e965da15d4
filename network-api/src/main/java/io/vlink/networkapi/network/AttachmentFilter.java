package io.vlink.networkapi.network;

import io.vlink.events.attachments.Attachment;
import io.vlink.networkapi.http.Query;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of a list of attachments. */
public final class AttachmentFilter {

    @QueryParam("node")
    @Parameter(description = "Only those at the node of this name", schema = @Schema(type = SchemaType.STRING))
    @Nullable String node;

    @QueryParam("holds")
    @Parameter(
            description = "Only those that hold (true) or do not hold (false) an endpoint",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Nullable String holds;

    boolean allows(Attachment attachment, AttachmentTarget target) {
        return !attachment.withdrawn()
                && Query.allows(node, attachment.spec().node())
                && Query.allows(Query.flag("holds", holds), target.holds());
    }
}
