/**
 * Connections from the handshake to the end of the session, and the server that accepts them. {@link OpenFlowPipeline}
 * lists the stages.
 */
@NullMarked
package io.vlink.gateway.openflow.connection;

import org.jspecify.annotations.NullMarked;
