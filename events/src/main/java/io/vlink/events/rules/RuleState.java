package io.vlink.events.rules;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What a switch made of a {@link RuleSet}. Key: {@code overlay/namespace/name/datapath id}.
 *
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a lower one than they hold
 * @param revision that of the rule set
 * @param applied the switch answered the barrier (or the read-back found all of it in place); for an empty set: gone
 * @param error the switch's error in words, with the rule it was about; absent when applied
 * @param shadow a rule of somebody else that stands over one of the set, the gravest; absent: none was seen
 */
public record RuleState(
        NetworkId network,
        DatapathId datapathId,
        long epoch,
        Revision revision,
        boolean applied,
        @Nullable String error,
        @Nullable Shadow shadow) {

    /** One over whose rules nobody else's were seen. */
    public RuleState(
            NetworkId network,
            DatapathId datapathId,
            long epoch,
            Revision revision,
            boolean applied,
            @Nullable String error) {
        this(network, datapathId, epoch, revision, applied, error, null);
    }

    /** The key that this record is written under. */
    public String key() {
        return network + "/" + datapathId;
    }
}
