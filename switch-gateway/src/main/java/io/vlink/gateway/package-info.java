/** The only speaker of OpenFlow: keeps every switch equal to what is wanted, and reports what is seen there. */
@NullMarked
package io.vlink.gateway;

import org.jspecify.annotations.NullMarked;
