/**
 * What the network is made of, as far as this service has heard: nodes, links, how links fare, and the ports of switches.
 * It says what is there and decides nothing; no I/O, no clock, one thread.
 */
@NullMarked
package io.vlink.path.topology;

import org.jspecify.annotations.NullMarked;
