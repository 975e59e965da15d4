package io.vlink.gateway.switches;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to change in a switch on behalf of one network.
 *
 * @param network absent: removal of what bears our mark and no network wants
 * @param revision of the rule set that this realises; absent where {@code network} is
 * @param addMeters meters that are not there
 * @param changeMeters meters that are there with other settings
 * @param putRules rules that are not there, or not so
 * @param removeRules slots to be emptied
 * @param removeMeters meters that nothing wants any more; only to be removed after the rules
 */
public record NetworkChange(
        @Nullable NetworkId network,
        @Nullable Revision revision,
        List<Meter> addMeters,
        List<Meter> changeMeters,
        List<WantedRule> putRules,
        List<Slot> removeRules,
        List<Long> removeMeters) {

    /** Nothing is left over. */
    static final NetworkChange NONE =
            new NetworkChange(null, null, List.of(), List.of(), List.of(), List.of(), List.of());

    public NetworkChange {
        addMeters = List.copyOf(addMeters);
        changeMeters = List.copyOf(changeMeters);
        putRules = List.copyOf(putRules);
        removeRules = List.copyOf(removeRules);
        removeMeters = List.copyOf(removeMeters);
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many messages it takes. */
    public int size() {
        return addMeters.size() + changeMeters.size() + putRules.size() + removeRules.size() + removeMeters.size();
    }
}
