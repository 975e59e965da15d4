package io.vlink.events.paths;

import io.vlink.events.Label;
import org.jspecify.annotations.Nullable;

/** What leads into a hop, or out of it: an end, where a workload is, or a lane, beyond which another hop is. */
public sealed interface Edge permits AtEnd, Lane {

    /** What keeps the vlink apart there; absent at an end, where the port alone does. */
    @Nullable Label label();

    /** The link's name; absent at an end. */
    @Nullable String link();
}
