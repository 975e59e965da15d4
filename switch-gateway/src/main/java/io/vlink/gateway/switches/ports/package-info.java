/**
 * The ports of one switch, as last seen and as last published. Decides which of them count as live and what hinders
 * frames.
 */
@NullMarked
package io.vlink.gateway.switches.ports;

import org.jspecify.annotations.NullMarked;
