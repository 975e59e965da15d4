package io.vlink.flow.status;

import io.vlink.events.Direction;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.ConditionReason;
import io.vlink.events.text.Quantities;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The condition Accepted: whether the declared path was admitted and reserved. */
final class Accepted implements Judgement {

    private static final long MICRO = 1_000;

    @Override
    public Condition.Type type() {
        return Condition.Type.ACCEPTED;
    }

    @Override
    public Instant since(Delivered now) {
        return now.decidedAt();
    }

    @Override
    public Finding of(Delivered now, Findings before) {
        PathDecision decision = now.decision();
        return switch (decision.outcome()) {
            case ADMITTED -> Finding.yes(ConditionReason.ADMITTED, reserved(now.current()), now.generation());
            case REFUSED ->
                decision.violations().isEmpty()
                        ? Finding.no(ConditionReason.REFUSED, "", now.generation())
                        : Finding.no(
                                decision.violations().getFirst().reason(),
                                Words.ofViolations(decision.violations()),
                                now.generation());
            case WITHDRAWN -> Finding.no(ConditionReason.WITHDRAWN, "The network was deleted.", now.generation());
        };
    }

    private static String reserved(@Nullable Circuit current) {
        return current == null
                ? "The path is reserved."
                : "Reserved: forward over " + inWords(current.route(Direction.FORWARD)) + "; reverse over "
                        + inWords(current.route(Direction.REVERSE)) + ".";
    }

    private static String inWords(Route route) {
        Long bits = route.bandwidthBits();
        String rate = bits == null ? "best effort" : Quantities.rate(bits);
        return "%s (%s, %s)".formatted(String.join(", ", route.nodes()), rate, latency(route.latencyNanos()));
    }

    /** A measured latency is reported to the microsecond. */
    private static String latency(long nanos) {
        return Quantities.latency((nanos + MICRO / 2) / MICRO * MICRO);
    }
}
