package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.RuleStateReason;
import org.jspecify.annotations.Nullable;

/** What owners are told while they wait for what is a link's. */
final class LinkWords {

    private LinkWords() {}

    /**
     * Rules or groups wait for it.
     *
     * @param refused why the link does not have it; null: nobody has asked for it yet
     */
    static Refusal missing(DatapathId id, LinkItem item, @Nullable String refused) {
        String why = refused == null
                ? " yet: path-service and flow-service have not asked for it. What waits follows by itself"
                : ": " + refused;
        long number = item.number();
        return switch (item.kind()) {
            case METER ->
                new Refusal(
                        RuleStateReason.LinkMeterMissing,
                        "Meter %d, which all best effort passes that leaves by port %s of switch %s over links, is not there%s"
                                .formatted(number, LinkMeter.port(number), id, why));
            case GROUP ->
                new Refusal(
                        RuleStateReason.LinkGroupMissing,
                        "Group %d, which says whether port %s of switch %s is to be used for links, is not there%s"
                                .formatted(number, LinkMeter.port(number), id, why));
        };
    }

    /** The link waits until nothing leads to it. */
    static Refusal inUse(DatapathId id, LinkItem item) {
        return switch (item.kind()) {
            case METER ->
                new Refusal(
                        RuleStateReason.LinkMeterInUse,
                        "Meter %d of switch %s stays as long as rules pass it, which would go with it. It goes with the last of them, by itself"
                                .formatted(item.number(), id));
            case GROUP ->
                new Refusal(
                        RuleStateReason.LinkGroupInUse,
                        "Group %d of switch %s stays as long as groups watch it. It goes with the last of them, by itself"
                                .formatted(item.number(), id));
        };
    }
}
