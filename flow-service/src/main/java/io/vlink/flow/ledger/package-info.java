/**
 * The state of each network: its rule sets, the switches' confirmations, and the stages of its changes. Pure: the inputs are
 * records and the time, the outputs are rule sets to write.
 */
@NullMarked
package io.vlink.flow.ledger;

import org.jspecify.annotations.NullMarked;
