package io.vlink.events.paths;

import io.vlink.events.Label;
import org.jspecify.annotations.Nullable;

/** An edge into or out of a hop: an end, where a workload is, or a lane, which leads to another hop. */
public sealed interface Edge permits AtEndpoint, Lane {

    /** The label that keeps the vlink apart there; absent at an end, where the port does. */
    @Nullable Label label();

    /** The link's name; absent at an end. */
    @Nullable String link();
}
