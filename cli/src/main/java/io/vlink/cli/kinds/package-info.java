/** The kinds of resources, their names, and their paths in network-api. */
@NullMarked
package io.vlink.cli.kinds;

import org.jspecify.annotations.NullMarked;
