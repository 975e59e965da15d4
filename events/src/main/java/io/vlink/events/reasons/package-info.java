/**
 * Remarks on the fields of a request, each with a reason. The reasons of other records are in the packages of those
 * records.
 */
@NullMarked
package io.vlink.events.reasons;

import org.jspecify.annotations.NullMarked;
