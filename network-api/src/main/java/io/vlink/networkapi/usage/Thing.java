package io.vlink.networkapi.usage;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;

/** A thing that a circuit crosses. */
public sealed interface Thing {

    /** A link, by its name at the time. */
    record OfLink(ResourceId id) implements Thing {}

    /** A node, by its name at the time. */
    record OfNode(ResourceId id) implements Thing {}

    /** A switch as part of an overlay, regardless of the node that declares it. */
    record OfSwitch(String overlay, DatapathId datapathId) implements Thing {}
}
