/** Declared nodes and links, and discovered switches, over REST. */
@NullMarked
package io.vlink.networkapi.topology;

import org.jspecify.annotations.NullMarked;
