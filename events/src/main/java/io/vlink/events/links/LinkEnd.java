package io.vlink.events.links;

import io.vlink.events.PortLocator;
import io.vlink.events.schema.Name;

/**
 * One end of a link.
 *
 * @param node the node's name, in the link's overlay
 * @param port the port on that node's switch
 */
public record LinkEnd(@Name String node, PortLocator port) {}
