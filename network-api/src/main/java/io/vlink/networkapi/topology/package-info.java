/** Nodes and links, as declared, and switches, as seen, over REST. */
@NullMarked
package io.vlink.networkapi.topology;

import org.jspecify.annotations.NullMarked;
