package io.vlink.gateway.switches;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The connection of one switch that counts: its newest. What is still told of an earlier one says nothing of the switch. */
final class PresentConnection {

    private SwitchEvent.@Nullable Connected from;
    /** When the switch last said anything on its present connection. */
    private @Nullable Instant heardAt;

    /** The switch is connected; returns whether that is news: not if it was told before, or a newer connection was. */
    boolean begins(SwitchEvent.Connected event, Instant now) {
        if (from != null && from.connection() >= event.connection()) {
            return false;
        }
        from = event;
        heardAt = now;
        return true;
    }

    /** Something was seen on a connection; returns whether that one counts. The switch was heard then, unless it is gone. */
    boolean hears(SwitchEvent.OnConnection event, Instant now) {
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

    /** As it began; null: there is none. */
    SwitchEvent.@Nullable Connected from() {
        return from;
    }

    /** Its number, where there is one. */
    long number() {
        if (from == null) {
            throw new IllegalStateException("The switch is not connected.");
        }
        return from.connection();
    }

    /** When the switch last said anything on it, or, where it ended, on the last one; null: never. */
    @Nullable Instant heardAt() {
        return heardAt;
    }
}
