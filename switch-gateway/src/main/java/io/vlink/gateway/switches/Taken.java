package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.rules.RuleStateReason;

/**
 * Something that an owner wants and another one has.
 *
 * @param reason what kind of thing it is
 * @param words what it is, for the one that wants it
 * @param item what it is, in the notation of {@code ovs-ofctl}
 * @param owner whose it is: for the operator only, since the two may be different tenants'
 */
record Taken(RuleStateReason reason, String words, String item, Owner owner) {

    static Taken rule(DatapathId id, Slot.Plain slot, Owner owner) {
        Label label = slot.match().label();
        String words = "What comes in at port %s of switch %s %s"
                .formatted(
                        slot.match().inPort(),
                        id,
                        label == null ? "without a label of Vlink" : "with " + inWords(label));
        return new Taken(RuleStateReason.RuleTaken, words, RuleText.of(slot), owner);
    }

    private static String inWords(Label label) {
        return switch (label.kind()) {
            case VLAN -> "VLAN id " + label.value();
            case VNI -> "VNI " + label.value();
        };
    }

    static Taken meter(DatapathId id, int number, Owner owner) {
        return new Taken(
                RuleStateReason.MeterTaken, "Meter %d of switch %s".formatted(number, id), "meter=" + number, owner);
    }

    static Taken group(DatapathId id, int number, Owner owner) {
        return new Taken(
                RuleStateReason.GroupTaken, "Group %d of switch %s".formatted(number, id), "group_id=" + number, owner);
    }

    /** What the owner is told that wants it: what kind of owner has it, and no name of that one. */
    Refusal told(Owner waiting) {
        return new Refusal(
                reason,
                "%s belongs to %s (%s). %s, by itself; if that takes long, ask the operator: switch-gateway's log names both"
                        .formatted(words, holder(waiting), item, waits(waiting)));
    }

    private String holder(Owner waiting) {
        return switch (owner) {
            case NetworkId network -> waiting instanceof NetworkId ? "another network" : "a network";
            // Of one overlay, all links at a port are one owner.
            case LinkPort links -> waiting instanceof LinkPort ? "links of another overlay" : "links";
        };
    }

    private String waits(Owner waiting) {
        String until = owner instanceof NetworkId
                ? "as soon as that one has given it up"
                : "as soon as those have given it up";
        return switch (waiting) {
            case NetworkId network -> "This network gets it " + until;
            case LinkPort links -> "The links at port %s get it %s".formatted(links.port(), until);
        };
    }
}
