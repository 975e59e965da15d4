package io.vlink.gateway.switches.control;

import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest connection of one switch. Events of an earlier connection are ignored. */
final class PresentConnection {

    private SwitchEvent.@Nullable Connected from;
    /** The time of the last message on the present connection. */
    private @Nullable Instant heardAt;

    /** Begins a connection. Returns whether it is new: false if it, or a newer one, is already known. */
    boolean begins(SwitchEvent.Connected event, Instant now) {
        if (from != null && from.connection() >= event.connection()) {
            return false;
        }
        from = event;
        heardAt = now;
        return true;
    }

    /**
     * Notes an event on a connection. Returns whether the connection is the present one. Every event except a
     * disconnection counts as heard.
     */
    boolean hears(SwitchEvent.ConnectionEvent event, Instant now) {
        if (from == null || from.connection() != event.connection()) {
            return false;
        }
        if (!(event instanceof SwitchEvent.Disconnected)) {
            heardAt = now;
        }
        return true;
    }

    void end() {
        from = null;
    }

    /** Returns the event that began it; null if there is none. */
    SwitchEvent.@Nullable Connected from() {
        return from;
    }

    /** Returns its number; fails if there is none. */
    long number() {
        if (from == null) {
            throw new IllegalStateException("The switch is not connected.");
        }
        return from.connection();
    }

    /**
     * Returns the time of the last message on this connection, or on the last one if it ended; null if there was none.
     */
    @Nullable Instant heardAt() {
        return heardAt;
    }
}
