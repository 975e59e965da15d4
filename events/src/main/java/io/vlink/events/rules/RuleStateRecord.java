package io.vlink.events.rules;

import io.vlink.events.DatapathId;
import io.vlink.events.DottedRevision;
import io.vlink.events.ExactlyOne;
import io.vlink.events.Known;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import org.jspecify.annotations.Nullable;

/**
 * What a switch made of a rule set, as it stands in Kafka: each kind of owner has a field of its own.
 *
 * @param network the network that wants the rule set; absent where another owner does
 * @param link the port that links send by, for whose users the rule set is; absent where another owner wants it
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a lower one than they hold
 * @param revision that of the rule set
 * @param applied false: it did not; absent: the switch answered the barrier (or the read-back found all of it in place); for an empty set: gone
 * @param error reason and message in one text, as there were none apart before; absent when applied
 * @param shadow a rule of somebody else that stands over one of the set, the gravest; absent: none was seen
 * @param reason why not, one word in CamelCase, stable, for programs; absent when applied, and in old records
 * @param message the switch's error in words, with the rule it was about; absent when applied, and in old records
 */
@ExactlyOne({"network", "link"})
record RuleStateRecord(
        @Nullable NetworkId network,
        @Nullable LinkPort link,
        DatapathId datapathId,
        long epoch,
        DottedRevision revision,
        @Nullable Boolean applied,
        @Nullable String error,
        @Nullable Shadow shadow,
        @Known(RuleStateReason.class) @Nullable String reason,
        @Nullable String message) {

    /** What failed says so: a record of a failure is never taken for a confirmation because something is absent in it. */
    RuleStateRecord {
        if (applied == null && (error != null || reason != null || message != null)) {
            throw new IllegalArgumentException("A state with a reason, message or error must have applied: false.");
        }
    }

    static RuleStateRecord of(RuleState state) {
        NetworkId network = null;
        LinkPort link = null;
        switch (state.owner()) {
            case NetworkId id -> network = id;
            case LinkPort port -> link = port;
        }
        return new RuleStateRecord(
                network,
                link,
                state.datapathId(),
                state.epoch(),
                new DottedRevision(state.revision()),
                state.applied() ? null : Boolean.FALSE,
                state.error(),
                state.shadow(),
                state.reason(),
                state.message());
    }
}
