package io.vlink.audit;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be.
 *
 * @param datapathId the switch that it is about; absent: none, or several
 * @param owner the network that it is about, or the port that links send by; absent: neither, or nobody knows
 * @param words what it is, for people, with names and numbers; the same as long as it is the same
 */
public record Difference(
        Kind kind,
        @Nullable DatapathId datapathId,
        @Nullable Owner owner,
        String words) {

    /** In the order in which they should be looked at. */
    public static final Comparator<Difference> WORST_FIRST = Comparator.comparing(Difference::kind)
            .thenComparing(d -> String.valueOf(d.owner()))
            .thenComparing(d -> String.valueOf(d.datapathId()))
            .thenComparing(Difference::words);

    /**
     * Those of {@code later} that were there before: of the same kind, at the same switch, of the same owner. The words may
     * be others, as they tell of a status that changes when the gateway notices the same.
     */
    static List<Difference> still(List<Difference> before, List<Difference> later) {
        Set<Difference> known = before.stream().map(Difference::withoutWords).collect(Collectors.toSet());
        return later.stream()
                .filter(difference -> known.contains(difference.withoutWords()))
                .toList();
    }

    private Difference withoutWords() {
        return new Difference(kind, datapathId, owner, "");
    }

    /** What is not as it should be; the worst first. */
    public enum Kind {
        /** Frames of a network, or of somebody who has none, can get where they must not. */
        Leak,
        /** Frames can go in circles. */
        Loop,
        /** Two hold one label, meter, circuit number or port. */
        HeldTwice,
        /** Frames do not take the way that was decided, or are dropped on it. */
        WrongPath,
        /** What a switch does with a network's frames cannot be told. */
        NotProvable,
        /** A rule that is wanted is not in the switch. */
        RuleMissing,
        /** A rule with our mark is in a switch, and nobody wants it. */
        RuleExtra,
        /** A rule stands in its place, but does something else. */
        RuleDiffers,
        /** A meter that is wanted is not in the switch. */
        MeterMissing,
        /** A meter is in a switch, and nobody wants it. */
        MeterExtra,
        /** A meter has other settings. */
        MeterDiffers,
        /** A group that is wanted is not in the switch. */
        GroupMissing,
        /** A group is in a switch, and nobody wants it. */
        GroupExtra,
        /** A group does something else. */
        GroupDiffers,
        /** Switches bear marks of different suites. */
        OtherSuite,
        /** What is wanted in a switch is not what was decided. */
        NotAsDecided,
        /** A switch has not confirmed what is wanted in it. */
        NotConfirmed,
        /** More is reserved on a link than it has. */
        OverReserved,
        /** A record is left over from something that is gone. */
        LeftOver,
        /** A record cannot be read. */
        Unreadable
    }
}
