/**
 * A small OVSDB client (RFC 7047). It follows the settings of a bridge by {@code monitor}, and so notices every change at
 * once. It writes only the ports of the gateway's own tunnels, each with the gateway's mark.
 */
@NullMarked
package io.vlink.gateway.ovsdb;

import org.jspecify.annotations.NullMarked;
