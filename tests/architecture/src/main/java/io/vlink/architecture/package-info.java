/**
 * Rules for the code of every module, checked by ArchUnit. The {@code ArchitectureTest} of a module includes them beside
 * its own rules.
 */
@NullMarked
package io.vlink.architecture;

import org.jspecify.annotations.NullMarked;
