/** The only service that speaks OpenFlow. It keeps every switch as wanted, and reports the state of the switches. */
@NullMarked
package io.vlink.gateway;

import org.jspecify.annotations.NullMarked;
