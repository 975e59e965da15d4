/** The published contract, made from the records: JSON Schemas, the AsyncAPI document, and what may become of them. */
@NullMarked
package io.vlink.events.contract;

import org.jspecify.annotations.NullMarked;
