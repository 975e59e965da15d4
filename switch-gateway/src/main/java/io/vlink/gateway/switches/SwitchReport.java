package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was last reported of one switch as a whole; nothing is reported twice. */
final class SwitchReport {

    private final DatapathId id;
    private final String gateway;
    private @Nullable Switch published;

    SwitchReport(DatapathId id, String gateway) {
        this.id = id;
        this.gateway = gateway;
    }

    /** Takes in what our topic says. */
    void loaded(@Nullable Switch state) {
        published = state;
    }

    /** Whether it was last reported as connected or refused. */
    boolean saysPresent() {
        return published != null && published.state() != Switch.State.DISCONNECTED;
    }

    /**
     * Reports the switch, if that is news.
     *
     * @param from the present connection; absent: what is known of the last one stays
     */
    void publish(
            Switch.State state,
            @Nullable String reason,
            long epoch,
            SwitchEvent.@Nullable Connected from,
            boolean checked,
            Effects effects,
            Instant now) {
        Switch before = published;
        Switch next = new Switch(
                id,
                epoch,
                state,
                reason,
                gateway,
                from != null ? from.address() : before == null ? null : before.address(),
                from != null ? from.openflow() : before == null ? null : before.openflow(),
                from != null ? from.description() : before == null ? null : before.description(),
                checked,
                before != null && before.state() == state ? before.since() : now);
        if (!next.equals(before)) {
            published = next;
            effects.publish(next);
        }
    }
}
