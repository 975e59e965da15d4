/**
 * Exchanges with one connected switch: roles, reads, writes and raw tables. {@link PendingRequests} matches answers to
 * requests.
 */
@NullMarked
package io.vlink.gateway.openflow.exchanges;

import org.jspecify.annotations.NullMarked;
