package io.vlink.networkapi.topology;

import io.vlink.events.requests.Warning;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The result of a dry run of a node or link; nothing was recorded.
 *
 * @param outcome {@code created}, {@code changed}, {@code unchanged}, {@code deleted}, or {@code removing} if it would
 *     stay until nothing uses it
 * @param warnings what the caller should know; absent if nothing
 */
@Schema(name = "Rehearsal")
record ShownTopologyDryRun(
        String overlay,
        String name,
        String outcome,
        @Nullable List<Warning> warnings) {}
