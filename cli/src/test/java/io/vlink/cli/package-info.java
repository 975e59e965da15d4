/** Tests of the command. */
@NullMarked
package io.vlink.cli;

import org.jspecify.annotations.NullMarked;
