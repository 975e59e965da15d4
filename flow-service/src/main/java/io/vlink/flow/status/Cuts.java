package io.vlink.flow.status;

import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.PathDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What lets no traffic of a network pass, whatever the rules say. */
final class Cuts {

    private final List<Cut> cuts = new ArrayList<>();

    private record Cut(String reason, String message) {}

    private Cuts() {}

    /** Of the way and the ends. Links come first: while one is down, it is of no use to see to the ends. */
    static Cuts of(PathDecision decision) {
        Cuts cuts = new Cuts();
        for (Impairment impairment : decision.impairments()) {
            if (impairment.cuts()) {
                cuts.cuts.add(new Cut(impairment.reason(), impairment.message()));
            }
        }
        cuts.addEnds(decision);
        return cuts;
    }

    /** Of the ends alone. */
    static Cuts ofEnds(PathDecision decision) {
        Cuts cuts = new Cuts();
        cuts.addEnds(decision);
        return cuts;
    }

    private void addEnds(PathDecision decision) {
        for (AttachmentState state : decision.attachments()) {
            if (state.cutsTraffic()) {
                cuts.add(new Cut(
                        Objects.requireNonNullElse(state.reason(), AttachmentReason.PortDown.name()),
                        String.valueOf(state.message())));
            }
        }
    }

    boolean isEmpty() {
        return cuts.isEmpty();
    }

    /** What is to be said of them; there must be one. */
    Finding finding(long generation) {
        return Finding.no(cuts.getFirst().reason(), Words.joined(cuts.stream().map(Cut::message)), generation);
    }
}
