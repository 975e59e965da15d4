/** Link states: compares recorded links with the ports that switches report. Pure. */
@NullMarked
package io.vlink.gateway.links;

import org.jspecify.annotations.NullMarked;
