package io.vlink.flow.status;

import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.PathDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Faults that stop all traffic of a network, regardless of its rules. */
final class Cuts {

    private final List<Cut> cuts = new ArrayList<>();

    private record Cut(String reason, String message) {}

    private Cuts() {}

    /**
     * Returns the faults of the path and the endpoints. Links come first: while one is down, repairing the endpoints
     * does not help.
     */
    static Cuts of(PathDecision decision) {
        Cuts cuts = new Cuts();
        for (Impairment impairment : decision.impairments()) {
            if (impairment.cuts()) {
                cuts.cuts.add(new Cut(impairment.reason(), impairment.message()));
            }
        }
        cuts.addEndpoints(decision);
        return cuts;
    }

    /** Returns the faults of the endpoints only. */
    static Cuts ofEndpoints(PathDecision decision) {
        Cuts cuts = new Cuts();
        cuts.addEndpoints(decision);
        return cuts;
    }

    private void addEndpoints(PathDecision decision) {
        for (AttachmentState state : decision.attachments()) {
            if (state.cutsTraffic()) {
                cuts.add(new Cut(
                        Objects.requireNonNullElse(state.reason(), AttachmentReason.PORT_DOWN.word()),
                        String.valueOf(state.message())));
            }
        }
    }

    boolean isEmpty() {
        return cuts.isEmpty();
    }

    /** Returns one finding for all faults; there must be at least one fault. */
    Finding finding(long generation) {
        return Finding.no(cuts.getFirst().reason(), Words.joined(cuts.stream().map(Cut::message)), generation);
    }
}
