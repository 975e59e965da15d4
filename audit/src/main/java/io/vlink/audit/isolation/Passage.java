package io.vlink.audit.isolation;

import io.vlink.audit.tables.FlowAction;
import io.vlink.audit.tables.Instruction;
import io.vlink.audit.tables.Reserved;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.audit.tables.TableGroup;
import io.vlink.audit.tables.TableRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes what one switch may do with frames, according to its tables. Priorities are respected, any of the rules that
 * overlap at one priority may win, and any of a group's buckets may be taken.
 */
final class Passage {

    private static final int MAX_DEPTH = 64;

    /** A possible result for some of the frames. */
    sealed interface Fate {

        /** The rule that led to it; null: none. */
        @Nullable TableRule by();

        /**
         * They leave by a port, or go to a reserved one.
         *
         * @param entered the frames as they entered, as far as this happened to them
         * @param left the frames as they leave
         * @param changed other changes to them, in words
         */
        record Out(Frame entered, long port, Frame left, List<String> changed, TableRule by) implements Fate {}

        /** They are dropped here. */
        record Dropped(Frame entered, @Nullable TableRule by) implements Fate {}

        /** The result is unknown. */
        record Obscure(Frame entered, String why, TableRule by) implements Fate {}
    }

    private final Map<Integer, TableIndex> tables = new HashMap<>();
    private final Map<Long, TableGroup> groups;

    Passage(SwitchTables contents) {
        groups = contents.groups();
        for (TableRule rule : contents.rules()) {
            tables.computeIfAbsent(rule.table(), first -> new TableIndex()).add(rule);
        }
    }

    /** Returns all possible results for frames that enter at a port. */
    List<Fate> of(long inPort, Frame frame) {
        PassageRun run = new PassageRun(inPort);
        run.table(0, frame, null, List.of(), null);
        return run.fates;
    }

    /** The path of some frames through one switch. */
    private final class PassageRun {

        private final long inPort;
        private final List<Fate> fates = new ArrayList<>();
        private int depth;

        PassageRun(long inPort) {
            this.inPort = inPort;
        }

        /** @param entered the frames as they entered; null: the same as {@code frame}, which the rules of this table split */
        void table(int number, Frame frame, @Nullable Frame entered, List<FlowAction> set, @Nullable TableRule sentBy) {
            List<Frame> remaining = List.of(frame);
            TableIndex index = tables.get(number);
            List<TableRule> candidates = index == null ? List.of() : index.candidates(inPort, frame);
            for (int from = 0; from < candidates.size() && !remaining.isEmpty(); ) {
                int to = from;
                List<Frame> left = remaining;
                while (to < candidates.size()
                        && candidates.get(to).priority() == candidates.get(from).priority()) {
                    TableRule rule = candidates.get(to++);
                    for (Frame part : remaining) {
                        Frame accepted = part.split(rule.match()).accepted();
                        if (accepted != null) {
                            carryOut(rule, accepted, entered == null ? accepted : entered, set);
                        }
                    }
                    left = left.stream()
                            .flatMap(part -> part.split(rule.match()).left().stream())
                            .toList();
                }
                remaining = left;
                from = to;
            }
            for (Frame part : remaining) {
                // OpenFlow 1.4.1 §5.4: a miss in a later table drops the frame, even if it has an action set.
                fates.add(new Fate.Dropped(entered == null ? part : entered, sentBy));
            }
        }

        private void carryOut(TableRule rule, Frame accepted, Frame entered, List<FlowAction> before) {
            List<FlowAction> set = before;
            Steps steps = new Steps(rule, entered, accepted);
            for (Instruction instruction : rule.instructions()) {
                switch (instruction) {
                    case Instruction.ThroughMeter meter -> {}
                    case Instruction.Apply apply -> steps.perform(apply.actions());
                    case Instruction.ClearActions clear -> set = List.of();
                    case Instruction.Write write -> set = ActionSet.with(set, write.actions());
                    case Instruction.WriteMetadata write -> {
                        long old = steps.frame.metadata();
                        steps.frame = steps.frame.withMetadata((old & ~write.mask()) | (write.value() & write.mask()));
                    }
                    case Instruction.UnknownInstruction unknown -> steps.obscure(unknown.text());
                    case Instruction.GotoTable go -> {
                        goOn(go.table(), steps, set);
                        return;
                    }
                }
            }
            steps.perform(ActionSet.inOrder(set));
            if (!steps.told) {
                fates.add(new Fate.Dropped(entered, rule));
            }
        }

        /** A frame that was already sent out does not count as dropped, even if later tables drop it. */
        private void goOn(int next, Steps steps, List<FlowAction> set) {
            int before = fates.size();
            if (next > steps.rule.table()) {
                table(next, steps.frame, steps.areAsTheyCame() ? null : steps.entered, set, steps.rule);
            }
            if (steps.told) {
                fates.subList(before, fates.size()).removeIf(Fate.Dropped.class::isInstance);
            }
        }

        /** The actions of one rule, performed one after the other. */
        private final class Steps {

            private final TableRule rule;
            private final Frame entered;
            private final List<String> changed = new ArrayList<>();
            private Frame frame;
            private boolean told;

            Steps(TableRule rule, Frame entered, Frame frame) {
                this.rule = rule;
                this.entered = entered;
                this.frame = frame;
            }

            /** Returns whether the frames are unchanged: a match then splits the frames that entered in the same way. */
            boolean areAsTheyCame() {
                return frame.tags().equals(entered.tags()) && frame.tunnel().equals(entered.tunnel());
            }

            void obscure(String what) {
                told = true;
                fates.add(new Fate.Obscure(entered, what, rule));
            }

            void perform(List<FlowAction> actions) {
                for (FlowAction action : actions) {
                    switch (action) {
                        case FlowAction.OutputPort output -> leave(output.port());
                        case FlowAction.GroupAction group -> take(group.group());
                        case FlowAction.PushVlan push -> frame = frame.pushed();
                        case FlowAction.PopVlan pop -> frame = frame.popped();
                        case FlowAction.SetVlan set -> frame = frame.withOutermost(VlanSet.of(set.vlan()));
                        case FlowAction.SetTunnel set -> frame = frame.withTunnel(TunnelSet.of(set.id()));
                        case FlowAction.Rewrite rewrite -> changed.add(rewrite.text());
                        case FlowAction.UnknownAction unknown -> obscure(unknown.text());
                    }
                }
            }

            /** OpenFlow drops a frame that is sent to the plain number of the port that it entered at. */
            private void leave(long port) {
                if (port == inPort) {
                    return;
                }
                told = true;
                fates.add(new Fate.Out(
                        entered, port == Reserved.IN_PORT ? inPort : port, frame, List.copyOf(changed), rule));
            }

            private void take(long number) {
                TableGroup group = groups.get(number);
                if (group == null) {
                    return;
                }
                if (++depth > MAX_DEPTH) {
                    obscure("endlessly nested groups");
                    return;
                }
                Frame before = frame;
                for (TableGroup.GroupBucket bucket : group.buckets()) {
                    perform(ActionSet.inOrder(bucket.actions()));
                    frame = before;
                }
                depth--;
            }
        }
    }
}
