package io.vlink.networkapi.usage;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;

/** What a circuit crosses. */
public sealed interface Thing {

    /** A link, by its name at the time. */
    record OfLink(ResourceId id) implements Thing {}

    /** A node, by its name at the time. */
    record OfNode(ResourceId id) implements Thing {}

    /** A switch, as part of an overlay, whichever node declares it by now. */
    record OfSwitch(String overlay, DatapathId datapathId) implements Thing {}
}
