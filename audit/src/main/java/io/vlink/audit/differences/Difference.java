package io.vlink.audit.differences;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.text.Word;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is not as it should be.
 *
 * @param datapathId the switch that it concerns; absent: none, or several
 * @param owner the network that it concerns, or the sending port of links; absent: neither, or unknown
 * @param words description for people, with names and numbers; constant while the difference lasts
 */
public record Difference(
        DifferenceType kind,
        @Nullable DatapathId datapathId,
        @Nullable Owner owner,
        String words) {

    /** The order in which to look at them. */
    public static final Comparator<Difference> WORST_FIRST = Comparator.comparing(Difference::kind)
            .thenComparing(d -> String.valueOf(d.owner()))
            .thenComparing(d -> String.valueOf(d.datapathId()))
            .thenComparing(Difference::words);

    /**
     * Returns those of {@code later} that were there before: of the same kind, switch and owner. The words may differ, as they
     * quote a status, which changes when the gateway notices the same difference.
     */
    public static List<Difference> still(List<Difference> before, List<Difference> later) {
        Set<Difference> known = before.stream().map(Difference::withoutWords).collect(Collectors.toSet());
        return later.stream()
                .filter(difference -> known.contains(difference.withoutWords()))
                .toList();
    }

    private Difference withoutWords() {
        return new Difference(kind, datapathId, owner, "");
    }

    /** Kinds of differences, worst first. */
    public enum DifferenceType implements Word {
        /** Frames, of a network or of none, can get where they must not. */
        LEAK,
        /** Frames can loop. */
        LOOP,
        /** Two circuits hold one label, meter, circuit number or port. */
        HELD_TWICE,
        /** Frames do not take the decided path, or are dropped on it. */
        WRONG_PATH,
        /** The effect of a switch on a network's frames is unknown. */
        NOT_PROVABLE,
        /** A wanted rule is not in the switch. */
        RULE_MISSING,
        /** A rule with Vlink's mark is in a switch but not wanted. */
        RULE_EXTRA,
        /** A rule with the right rule key does something else. */
        RULE_DIFFERS,
        /** A wanted meter is not in the switch. */
        METER_MISSING,
        /** A meter is in a switch but not wanted. */
        METER_EXTRA,
        /** A meter has other settings. */
        METER_DIFFERS,
        /** A wanted group is not in the switch. */
        GROUP_MISSING,
        /** A group is in a switch but not wanted. */
        GROUP_EXTRA,
        /** A group does something else. */
        GROUP_DIFFERS,
        /** Switches have marks of different suites. */
        OTHER_SUITE,
        /** The rule set for a switch does not match the decision. */
        NOT_AS_DECIDED,
        /** A switch has not confirmed its rule set. */
        NOT_CONFIRMED,
        /** More bandwidth is reserved on a link than it has. */
        OVER_RESERVED,
        /** A record of something that no longer exists is left. */
        LEFT_OVER,
        /** A record cannot be read. */
        UNREADABLE;

        private final String word = Word.of(name());

        @Override
        public String word() {
            return word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
