package io.vlink.gateway.switches.wanted;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;

/**
 * Something that one owner wants and another one has.
 *
 * @param reason the kind of thing
 * @param words a description for the owner that wants it
 * @param item the thing in the notation of {@code ovs-ofctl}
 * @param owner the owner that has it; for the operator only, as the two may belong to different tenants
 */
public record Taken(RuleStateReason reason, String words, String item, Owner owner) {

    static Taken rule(DatapathId id, RuleKey.Parsed key, Owner owner) {
        Label label = key.match().label();
        String words = "The rule for frames that enter at port %s of switch %s %s"
                .formatted(
                        key.match().inPort(),
                        id,
                        label == null ? "without a label of Vlink" : "with " + inWords(label));
        return new Taken(RuleStateReason.RULE_TAKEN, words, RuleText.of(key), owner);
    }

    private static String inWords(Label label) {
        return switch (label.kind()) {
            case VLAN -> "VLAN id " + label.value();
            case VNI -> "VNI " + label.value();
        };
    }

    static Taken meter(DatapathId id, int number, Owner owner) {
        return new Taken(
                RuleStateReason.METER_TAKEN, "Meter %d of switch %s".formatted(number, id), "meter=" + number, owner);
    }

    static Taken group(DatapathId id, int number, Owner owner) {
        return new Taken(
                RuleStateReason.GROUP_TAKEN,
                "Group %d of switch %s".formatted(number, id),
                "group_id=" + number,
                owner);
    }

    /**
     * Returns the message for the waiting owner. It names the kind of the owner that has the thing, but not the owner.
     */
    public Refusal told(Owner waiting) {
        return new Refusal(
                reason,
                "%s belongs to %s (%s). %s, by itself; if that takes long, ask the operator: the log of switch-gateway names both owners"
                        .formatted(words, ownerInWords(waiting), item, waits(waiting)));
    }

    private String ownerInWords(Owner waiting) {
        return switch (owner) {
            case NetworkId network -> waiting instanceof NetworkId ? "another network" : "a network";
            // Of one overlay, all links at a port are one owner.
            case LinkPort links -> waiting instanceof LinkPort ? "links of another overlay" : "links";
        };
    }

    private String waits(Owner waiting) {
        String until = owner instanceof NetworkId
                ? "as soon as the other has given it up"
                : "as soon as the others have given it up";
        return switch (waiting) {
            case NetworkId network -> "This network gets it " + until;
            case LinkPort links -> "The links at port %s get it %s".formatted(links.port(), until);
        };
    }
}
