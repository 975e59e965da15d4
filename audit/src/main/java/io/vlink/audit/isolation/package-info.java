/** Computes where frames can get by the tables of the switches, and compares it with the decisions. Pure. */
@NullMarked
package io.vlink.audit.isolation;

import org.jspecify.annotations.NullMarked;
