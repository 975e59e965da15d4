package io.vlink.events.rules;

import io.vlink.events.DatapathId;
import io.vlink.events.DottedRevision;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.schema.ExactlyOne;
import io.vlink.events.schema.Known;
import org.jspecify.annotations.Nullable;

/**
 * The state of a rule set in a switch, in Kafka's form: each kind of owner has its own field.
 *
 * @param network the network that requires the rules; absent where another owner does
 * @param link the port by which links send, where the rules serve all that share it; absent where another owner
 *     requires the rules
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a record whose epoch is lower than the
 *     one they hold
 * @param revision the revision of the rule set
 * @param applied false: not applied; absent: the switch answered the barrier (or the read-back found the whole set in
 *     place); for an empty set: removed
 * @param error reason and message in one text, for readers that do not know the separate fields; absent when applied
 * @param shadow the most serious foreign rule above a rule of the set; absent: none was seen
 * @param reason why it was not applied, one word in CamelCase, stable, for programs; absent when applied, and in old
 *     records
 * @param message the switch's error in words, with the rule that caused it; absent when applied, and in old records
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

    /**
     * Checks that failures are marked: a record of a failure must not read as a confirmation because a field is absent.
     */
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
