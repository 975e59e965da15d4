/**
 * Makes an upgrade permanent, on the operator's request: raises the generation in whose form records are written.
 * Refuses that while a running instance cannot read it.
 */
@NullMarked
package io.vlink.log.finalising;

import org.jspecify.annotations.NullMarked;
