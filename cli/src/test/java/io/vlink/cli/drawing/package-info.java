/** Tests of the drawings, each against a golden text. */
@NullMarked
package io.vlink.cli.drawing;

import org.jspecify.annotations.NullMarked;
