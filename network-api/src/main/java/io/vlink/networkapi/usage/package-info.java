/** Usage of the topology: how many networks cross each link, node and switch. No I/O, threads or clocks. */
@NullMarked
package io.vlink.networkapi.usage;

import org.jspecify.annotations.NullMarked;
