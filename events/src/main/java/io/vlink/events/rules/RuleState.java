package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.reasons.Reason;
import io.vlink.events.schema.Known;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link RuleSet} in a switch. Key: {@code overlay/namespace/name/datapath id}, of a link
 * {@code overlay/port/datapath id}.
 *
 * @param owner the owner of the rule set
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a record whose epoch is lower than the
 *     one they hold
 * @param revision the revision of the rule set
 * @param applied the switch answered the barrier (or the read-back found the whole set in place); for an empty set:
 *     removed
 * @param error reason and message in one text, for readers that do not know the separate fields; absent when applied
 * @param shadow the most serious foreign rule above a rule of the set; absent: none was seen
 * @param reason why it was not applied, one word in CamelCase, stable, for programs; absent when applied, and in old
 *     records
 * @param message the switch's error in words, with the rule that caused it; absent when applied, and in old records
 */
public record RuleState(
        Owner owner,
        DatapathId datapathId,
        long epoch,
        Revision revision,
        boolean applied,
        @Nullable String error,
        @Nullable Shadow shadow,
        @Known(RuleStateReason.class) @Nullable String reason,
        @Nullable String message) {

    /** The topic of these records. */
    public static final TypedTopic<InSwitch, RuleState> TOPIC = new TypedTopic<>(
            Topic.RULE_STATES,
            RuleState.class,
            InSwitch::ofOwnerFirst,
            state -> new InSwitch(state.datapathId(), state.owner()));

    public RuleState {
        if (!applied && reason == null) {
            OldError old = OldError.of(error);
            reason = old.reason().word();
            message = old.message();
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RuleState of(RuleStateRecord record) {
        return new RuleState(
                Owner.oneOf(record.network(), record.link()),
                record.datapathId(),
                record.epoch(),
                record.revision().revision(),
                record.applied() == null || record.applied(),
                record.error(),
                record.shadow(),
                record.reason(),
                record.message());
    }

    @JsonValue
    RuleStateRecord record() {
        return RuleStateRecord.of(this);
    }

    /** The set was applied, and no foreign rules were seen above its rules. */
    public static RuleState applied(Owner owner, DatapathId datapathId, long epoch, Revision revision) {
        return applied(owner, datapathId, epoch, revision, null);
    }

    /** The set was applied. */
    public static RuleState applied(
            Owner owner, DatapathId datapathId, long epoch, Revision revision, @Nullable Shadow shadow) {
        return new RuleState(owner, datapathId, epoch, revision, true, null, shadow, null, null);
    }

    /** The set was not applied. */
    public static RuleState failed(
            Owner owner,
            DatapathId datapathId,
            long epoch,
            Revision revision,
            RuleStateReason reason,
            String message,
            @Nullable Shadow shadow) {
        return new RuleState(
                owner, datapathId, epoch, revision, false, reason.with(message), shadow, reason.word(), message);
    }

    /** Whether it was not applied for this reason. */
    public boolean is(Reason asked) {
        return asked.word().equals(reason);
    }

    /** Whether the switch refused it. */
    public boolean isRefusedBySwitch() {
        return Stream.of(RuleStateReason.values()).anyMatch(known -> known.isOfSwitch() && is(known));
    }

    /** Whether the switch refused the required rules. That earlier rules stay in it does not count as such. */
    public boolean refusesWhatIsWanted() {
        return isRefusedBySwitch() && !is(RuleStateReason.LEFTOVERS_STAY);
    }

    /** Returns the state with the foreign rule above the set now. */
    public RuleState under(@Nullable Shadow now) {
        return new RuleState(owner, datapathId, epoch, revision, applied, error, now, reason, message);
    }

    /** Returns the state as applied: the last known one, whatever is reported now. */
    public RuleState asApplied() {
        return applied(owner, datapathId, epoch, revision, shadow);
    }

    /** The key that this record is written under. */
    public String key() {
        return owner + "/" + datapathId;
    }
}
