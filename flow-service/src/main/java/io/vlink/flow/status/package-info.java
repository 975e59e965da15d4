/** Computes the status of a network from its ledger and the state of its switches. Pure: equal inputs give equal statuses. */
@NullMarked
package io.vlink.flow.status;

import org.jspecify.annotations.NullMarked;
