/**
 * A small OVSDB client (RFC 7047): follows the settings of one bridge by {@code monitor}, so that what is mended or broken
 * is noticed at once. It writes nothing but the ports of our own tunnels, each bearing our mark.
 */
@NullMarked
package io.vlink.gateway.ovsdb;

import org.jspecify.annotations.NullMarked;
