package io.vlink.gateway.switches.possession;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides from a switch's contents whether it belongs to this suite. */
public sealed interface Possession {

    /** The switch belongs to this suite, or to none yet: it may be written to. */
    record Ours() implements Possession {}

    /** The switch belongs to this suite and was just cleared: it must be read again. */
    record Cleared() implements Possession {}

    /**
     * The switch is left alone.
     *
     * @param reason for people, with what to do
     */
    record Doubtful(String reason) implements Possession {}

    static Possession of(DatapathId id, SuiteView suite, Contents contents, WantedRules wanted) {
        long standing = contents.rules().stream()
                .filter(rule -> !rule.cookie().isOfGateway())
                .count();
        List<String> others = contents.markers().stream()
                .map(SuiteMarker::suite)
                .filter(other -> !suite.marks().isOurs(other))
                .distinct()
                .toList();
        if (suite.marks().newer().containsAll(others) && !others.isEmpty()) {
            return new Doubtful(
                    "Its %d rules of Vlink were installed by a later build of Vlink, with records that this build cannot read. Nothing in it is touched. Upgrade to that build, or decide: %s"
                            .formatted(standing, question(id)));
        }
        if (!others.isEmpty()) {
            return new Doubtful(
                    "Its %d rules of Vlink belong to suite %s, and this is suite %s: Kafka was emptied or swapped, or the switch belongs to another suite. Nothing in it is touched. Restore the right data of Kafka, or decide: %s"
                            .formatted(standing, String.join(" and ", others), suite.suite(), question(id)));
        }
        SuiteMarker ours = latest(suite, contents);
        if (ours != null && ours.recorded() > suite.end()) {
            return new Doubtful(
                    "It received vlink.rules up to offset %d, and Kafka has only records up to %d: Kafka's data is older than the switch with its %d rules of Vlink. Nothing in it is touched. Restore the right data of Kafka, or decide: %s"
                            .formatted(ours.recorded(), suite.end(), standing, question(id)));
        }
        long known = contents.rules().stream()
                .filter(rule -> !rule.cookie().isOfGateway() && wanted.accountsFor(rule))
                .count();
        // Older builds wrote no marker: the switch belongs to this suite if at least half of its rules are recorded.
        if (ours == null && 2 * known < standing) {
            return new Doubtful(
                    "Its %d rules of Vlink carry no suite's mark, and only %d of them are recorded in this suite %s. Nothing in it is touched. Restore the right data of Kafka, or decide: %s"
                            .formatted(standing, known, suite.suite(), question(id)));
        }
        return new Ours();
    }

    private static String question(DatapathId id) {
        return "\"./vlink suite adopt %1$s\" (in Kubernetes \"kubectl -n vlink-system exec switch-gateway-0 -- suite adopt %1$s\", or POST /v1/possession at the gateway) brings it to the recorded state; \"clear\" instead of \"adopt\" removes all rules of Vlink first."
                .formatted(id);
    }

    /** Returns the marker with the highest offset, of this build or of an earlier one; null if there is none. */
    static @Nullable SuiteMarker latest(SuiteView suite, Contents contents) {
        return contents.markers().stream()
                .filter(marker -> suite.marks().isOurs(marker.suite()))
                .max(Comparator.comparingLong(SuiteMarker::recorded))
                .orElse(null);
    }

    /** Returns the marker of this build; null if there is none. */
    static @Nullable SuiteMarker marker(SuiteView suite, Contents contents) {
        return contents.markers().stream()
                .filter(marker -> marker.suite().equals(suite.suite()))
                .findFirst()
                .orElse(null);
    }
}
