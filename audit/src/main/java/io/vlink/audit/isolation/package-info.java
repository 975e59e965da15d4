/** Where frames can get by what really stands in the switches, and whether that is as decided. Pure. */
@NullMarked
package io.vlink.audit.isolation;

import org.jspecify.annotations.NullMarked;
