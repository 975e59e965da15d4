package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose a switch is, by what was found in it. */
sealed interface Possession {

    /** It is ours, or nobody's yet: it may be written to. */
    record Ours() implements Possession {}

    /** It is ours, and what stood in it was just removed: it is to be read again. */
    record Cleared() implements Possession {}

    /**
     * It is to be left as it is.
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
                    "Its %d rules of Vlink were set up by a later build of Vlink, which recorded what this one cannot read. Nothing in it is touched. Upgrade to that build, or decide: %s"
                            .formatted(standing, question(id)));
        }
        if (!others.isEmpty()) {
            return new Doubtful(
                    "Its %d rules of Vlink are those of suite %s, and this is suite %s: Kafka was emptied or swapped, or the switch is another's. Nothing in it is touched. Bring the right data of Kafka back, or decide: %s"
                            .formatted(standing, String.join(" and ", others), suite.suite(), question(id)));
        }
        SuiteMarker ours = latest(suite, contents);
        if (ours != null && ours.recorded() > suite.end()) {
            return new Doubtful(
                    "It was told vlink.rules up to offset %d, and Kafka holds it up to %d only: Kafka's data is older than the switch with its %d rules of Vlink. Nothing in it is touched. Bring the right data of Kafka back, or decide: %s"
                            .formatted(ours.recorded(), suite.end(), standing, question(id)));
        }
        long known = contents.rules().stream()
                .filter(rule -> !rule.cookie().isOfGateway() && wanted.accountsFor(rule))
                .count();
        // As an older Vlink left it, it is ours if what stands there is what is recorded, by and large.
        if (ours == null && 2 * known < standing) {
            return new Doubtful(
                    "Its %d rules of Vlink bear no suite's mark, and only %d of them are recorded by this suite %s. Nothing in it is touched. Bring the right data of Kafka back, or decide: %s"
                            .formatted(standing, known, suite.suite(), question(id)));
        }
        return new Ours();
    }

    private static String question(DatapathId id) {
        return "\"./vlink suite adopt %1$s\" (in Kubernetes \"kubectl -n vlink-system exec switch-gateway-0 -- suite adopt %1$s\", or POST /v1/possession at the gateway) makes it as recorded now, \"clear\" instead of \"adopt\" empties it first."
                .formatted(id);
    }

    /** The one that says most of what the switch was told, ours or that of an earlier build; null: it has neither. */
    static @Nullable SuiteMarker latest(SuiteView suite, Contents contents) {
        return contents.markers().stream()
                .filter(marker -> suite.marks().isOurs(marker.suite()))
                .max(Comparator.comparingLong(SuiteMarker::recorded))
                .orElse(null);
    }

    /** Our own, of this build; null: it has none. */
    static @Nullable SuiteMarker marker(SuiteView suite, Contents contents) {
        return contents.markers().stream()
                .filter(marker -> marker.suite().equals(suite.suite()))
                .findFirst()
                .orElse(null);
    }
}
