/**
 * Per network: what is wanted in each switch, what each switch confirmed, and the stages from the one to the other. Pure:
 * records and the time come in, rule sets to be written go out.
 */
@NullMarked
package io.vlink.flow.ledger;

import org.jspecify.annotations.NullMarked;
