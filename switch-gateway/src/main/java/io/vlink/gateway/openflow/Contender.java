package io.vlink.gateway.openflow;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.RecordedBridge;
import java.time.Duration;
import java.util.function.Consumer;

/** A connection on which a switch has said who it is: served, or not yet. */
interface Contender {

    DatapathId datapathId();

    /** As {@code address:port}. */
    String address();

    RecordedBridge.Claimant claim();

    boolean isOpen();

    /** From now on the switch is served on this connection. */
    void begin();

    /** Closes the connection. */
    void refuse(String reason);

    /** Finds out whether anybody is at the other end; not answered where the connection is closed before. */
    void prove(Duration within, Consumer<Boolean> alive);

    /** Does something after a time, in ns. */
    void after(long wait, Runnable then);

    /** Tells that another switch with this datapath id tries to take this one's place. */
    void rivalled(Contender rival);
}
