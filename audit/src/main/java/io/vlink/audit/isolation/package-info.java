/** Computes from the tables of the switches where frames can get, and compares that with the decisions. Pure. */
@NullMarked
package io.vlink.audit.isolation;

import org.jspecify.annotations.NullMarked;
