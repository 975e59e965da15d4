package io.vlink.gateway.openflow.connection;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import java.time.Duration;
import java.util.function.Consumer;

/** A connection with a known datapath id, served or not yet. */
interface Contender {

    DatapathId datapathId();

    /** The peer's address, as {@code address:port}. */
    String address();

    RecordedBridge.Claimant claim();

    boolean isOpen();

    /** Serves the switch on this connection from now on. */
    void begin();

    /** Closes the connection. */
    void refuse(String reason);

    /** Finds out whether the peer is alive. There is no answer if the connection is closed first. */
    void prove(Duration within, Consumer<Boolean> alive);

    /** Runs an action after a time, in ns. */
    void after(long wait, Runnable then);

    /** Reports that another switch with this datapath id tries to replace this one. */
    void rivalled(Contender rival);
}
