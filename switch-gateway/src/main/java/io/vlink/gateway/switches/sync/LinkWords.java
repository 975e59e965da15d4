package io.vlink.gateway.switches.sync;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.Refusal;
import org.jspecify.annotations.Nullable;

/** Messages for owners that wait for a meter or group of a link. */
final class LinkWords {

    private LinkWords() {}

    /**
     * Returns the message for rules or groups that wait for the item.
     *
     * @param refused why the link does not have it; null if it was not requested yet
     */
    static Refusal missing(DatapathId id, LinkItem item, @Nullable String refused) {
        String why = refused == null
                ? " yet: path-service and flow-service have not requested it. The waiting rules follow automatically"
                : ": " + refused;
        long number = item.number();
        return switch (item.kind()) {
            case METER ->
                new Refusal(
                        RuleStateReason.LINK_METER_MISSING,
                        "Meter %d, which all best-effort traffic over the links at port %s of switch %s must pass, is not installed%s"
                                .formatted(number, LinkMeter.port(number), id, why));
            case GROUP ->
                new Refusal(
                        RuleStateReason.LINK_GROUP_MISSING,
                        "Group %d, which shows whether links may use port %s of switch %s, is not installed%s"
                                .formatted(number, LinkMeter.port(number), id, why));
        };
    }

    /** Returns the message for a link that waits until nothing refers to the item. */
    static Refusal inUse(DatapathId id, LinkItem item) {
        return switch (item.kind()) {
            case METER ->
                new Refusal(
                        RuleStateReason.LINK_METER_IN_USE,
                        "Meter %d of switch %s is still used by rules, which the switch would delete with it. It is removed automatically after the last of them"
                                .formatted(item.number(), id));
            case GROUP ->
                new Refusal(
                        RuleStateReason.LINK_GROUP_IN_USE,
                        "Group %d of switch %s is still watched by groups. It is removed automatically after the last of them"
                                .formatted(item.number(), id));
        };
    }
}
