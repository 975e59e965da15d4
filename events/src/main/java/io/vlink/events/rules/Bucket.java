package io.vlink.events.rules;

import io.vlink.events.PortNumber;
import io.vlink.events.schema.Between;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way that frames may take through a group. It is alive while the watched port or group is; without one it always
 * is. A group is alive while any of its buckets is.
 *
 * @param watchPort the port that must be live; absent: none
 * @param watchGroup the group that must be alive, of the same rule set or of a link; absent: none
 * @param actions the actions on a frame, in order; neither meters nor groups nor later tables
 */
public record Bucket(
        @Nullable PortNumber watchPort,
        @Between(min = 1, max = LinkMeter.LAST) @Nullable Integer watchGroup,
        List<Action> actions) {

    public Bucket {
        actions = List.copyOf(actions);
        if (watchPort != null && watchGroup != null) { // either one being alive would suffice
            throw new IllegalArgumentException(
                    "A bucket may watch either port %s or group %d, not both.".formatted(watchPort, watchGroup));
        }
        for (Action action : actions) {
            if (action instanceof Action.ApplyMeter
                    || action instanceof Action.ToGroup
                    || action instanceof Action.GoTo) {
                throw new IllegalArgumentException("A bucket cannot have the action %s.".formatted(action));
            }
        }
    }

    /** A bucket that is always alive. */
    public Bucket(List<Action> actions) {
        this(null, null, actions);
    }

    boolean watches() {
        return watchPort != null || watchGroup != null;
    }
}
