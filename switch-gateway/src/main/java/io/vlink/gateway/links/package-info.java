/** Whether links are up: recorded links against the ports that switches report. Pure. */
@NullMarked
package io.vlink.gateway.links;

import org.jspecify.annotations.NullMarked;
