/**
 * The network as reported to this service: nodes, links, states of links, and the ports of switches. Makes no decisions; no
 * I/O, no clock, one thread.
 */
@NullMarked
package io.vlink.path.topology;

import org.jspecify.annotations.NullMarked;
