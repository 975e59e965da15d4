/** What really stands in a switch, read from the bytes of its own replies; whoever wrote it. */
@NullMarked
package io.vlink.audit.tables;

import org.jspecify.annotations.NullMarked;
