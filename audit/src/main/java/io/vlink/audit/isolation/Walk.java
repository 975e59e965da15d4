package io.vlink.audit.isolation;

import io.vlink.audit.tables.Reserved;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows frames from a port through tables and over cables to their end. */
final class Walk {

    /** No path is that long; frames that get so far loop. */
    private static final int MAX_STEPS = 64;
    /** Limit on the ends of one walk: more than the ports that a switch can have. */
    private static final int MAX_TERMINATIONS = 200_000;

    /**
     * One switch crossed.
     *
     * @param entered the frames as they entered
     * @param label the label that separates the frames behind the switch; absent: none is known
     * @param changed other changes to them, in words
     */
    record WalkStep(
            Spot in, Frame entered, long outPort, @Nullable Label label, List<String> changed, TableRule by) {}

    /** The end of some frames' path. */
    sealed interface Termination {

        /** They leave by a port without a cable. */
        record Left(Spot port, Frame frame) implements Termination {}

        /** They go to a reserved port. */
        record Given(DatapathId datapathId, long port) implements Termination {}

        /** A switch drops them; {@code by} is absent if no rule matched. */
        record DroppedAt(Spot at, @Nullable TableRule by) implements Termination {}

        /** They were here before. */
        record Circle(Spot at) implements Termination {}

        /** They can take too many paths to follow. */
        record TooMany(Spot at) implements Termination {}

        /** They reach a switch whose tables are unknown. */
        record Unread(Spot at) implements Termination {}

        /** The effect of a switch on them is unknown. */
        record ObscureAt(Spot at, String why, TableRule by) implements Termination {}
    }

    /** Some of the frames, with their path and end. */
    record Trace(List<WalkStep> steps, Termination termination) {

        Trace {
            steps = List.copyOf(steps);
        }

        /** Returns these frames as they entered the first switch. */
        @Nullable Frame entered() {
            return steps.isEmpty() ? null : steps.getFirst().entered();
        }

        /** Returns each switch with the ports crossed, in words. */
        String text() {
            return steps.stream()
                    .map(step -> "%s/%d>%s"
                            .formatted(
                                    step.in().datapathId(),
                                    step.in().port(),
                                    Reserved.is(step.outPort())
                                            ? Reserved.text(step.outPort())
                                            : Long.toString(step.outPort())))
                    .collect(Collectors.joining(" "));
        }

        /** Returns the rule of the last step; null: there was no step. */
        @Nullable TableRule lastRule() {
            return steps.isEmpty() ? null : steps.getLast().by();
        }
    }

    private record Visit(Spot at, Frame frame) {}

    private final Map<DatapathId, Passage> passages = new HashMap<>();
    private final Cables cables;

    Walk(Map<DatapathId, SwitchTables> tables, Cables cables) {
        tables.forEach((id, contents) -> passages.put(id, new Passage(contents)));
        this.cables = cables;
    }

    /** Returns everything that may happen to frames that enter at a port. */
    List<Trace> from(Spot port, Frame frame) {
        WalkRun run = new WalkRun();
        run.arrive(port, frame);
        return run.traces;
    }

    private final class WalkRun {

        private final List<Trace> traces = new ArrayList<>();
        private final List<WalkStep> steps = new ArrayList<>();
        private final Deque<Visit> visits = new ArrayDeque<>();

        void arrive(Spot at, Frame frame) {
            Passage passage = passages.get(at.datapathId());
            Visit visit = new Visit(at, frame);
            if (passage == null) {
                terminate(new Termination.Unread(at));
            } else if (visits.contains(visit) || visits.size() >= MAX_STEPS) {
                terminate(new Termination.Circle(at));
            } else if (traces.size() >= MAX_TERMINATIONS) {
                if (traces.size() == MAX_TERMINATIONS) {
                    terminate(new Termination.TooMany(at));
                }
            } else {
                visits.push(visit);
                passage.of(at.port(), frame).forEach(fate -> follow(at, fate));
                visits.pop();
            }
        }

        private void follow(Spot at, Passage.Fate fate) {
            switch (fate) {
                case Passage.Fate.Dropped dropped -> terminate(new Termination.DroppedAt(at, dropped.by()));
                case Passage.Fate.Obscure obscure ->
                    terminate(new Termination.ObscureAt(at, obscure.why(), obscure.by()));
                case Passage.Fate.Out out -> leave(at, out);
            }
        }

        private void leave(Spot at, Passage.Fate.Out out) {
            if (Reserved.is(out.port()) || out.port() == 0) {
                steps.add(new WalkStep(at, out.entered(), out.port(), null, out.changed(), out.by()));
                terminate(new Termination.Given(at.datapathId(), out.port()));
                steps.removeLast();
                return;
            }
            Spot port = new Spot(at.datapathId(), out.port());
            if (cables.from(port).isEmpty()) {
                steps.add(new WalkStep(at, out.entered(), out.port(), null, out.changed(), out.by()));
                terminate(new Termination.Left(port, out.left()));
                steps.removeLast();
                return;
            }
            for (Cables.Far far : cables.from(port)) {
                steps.add(new WalkStep(
                        at, out.entered(), out.port(), out.left().label(far.tunnel()), out.changed(), out.by()));
                arrive(far.port(), out.left().crossing(far.tunnel()));
                steps.removeLast();
            }
        }

        private void terminate(Termination termination) {
            traces.add(new Trace(steps, termination));
        }
    }
}
