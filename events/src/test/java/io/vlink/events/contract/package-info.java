/**
 * The published contract, derived from the records: JSON Schemas, the AsyncAPI document, and the rules of
 * compatibility.
 */
@NullMarked
package io.vlink.events.contract;

import org.jspecify.annotations.NullMarked;
