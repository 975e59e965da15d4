package io.vlink.gateway.openflow;

import io.netty.channel.Channel;
import io.vlink.events.rules.Meter;
import io.vlink.gateway.switches.Batch;
import io.vlink.gateway.switches.OwnerChange;
import io.vlink.gateway.switches.Refusal;
import io.vlink.gateway.switches.RuleText;
import io.vlink.gateway.switches.Slot;
import io.vlink.gateway.switches.SuiteMarker;
import io.vlink.gateway.switches.WantedGroup;
import io.vlink.gateway.switches.WantedRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * Carries batches out. One attempt is: meters, groups and a barrier, then the rules in one bundle (OpenFlow 1.4), or followed by a
 * barrier (1.3, or a switch without bundles), then removal of groups, then of meters, and a barrier. Rules behind the first table
 * come before those in it, and go after them, so that frames are led nowhere where nothing stands yet, or any more; without bundles
 * each of these steps is confirmed before the next. Groups and meters take the rules along that lead to them, so where a rule is put, they go only once that is confirmed; all else is sent
 * at once. Errors are matched by xid. A
 * bundle is all or nothing: when one fails, its changes are attempted one by one, so that a bad rule harms its own network
 * only. Belongs to the event loop.
 */
final class RuleWriter {

    private final Channel channel;
    private final RuleMapper mapper;
    private final WriteAttempt.Tools tools;
    private boolean bundles;
    /** Whether the switch has taken a bundle, so that it does know them. */
    private boolean bundlesKnown;

    private int lastBundle;

    RuleWriter(
            Channel channel,
            OFFactory factory,
            PendingRequests pending,
            RuleReader reader,
            OpenFlowMeters meters,
            Runnable notMaster) {
        this.channel = channel;
        this.mapper = new RuleMapper(factory);
        this.tools = new WriteAttempt.Tools(channel, factory, pending, reader, mapper, meters, notMaster);
        this.bundles = factory.getVersion() == OFVersion.OF_14;
    }

    /**
     * Carries a batch out.
     *
     * @param then told the errors, by index of the change, once the switch has confirmed all the rest
     */
    void write(Batch batch, Consumer<Map<Integer, Refusal>> then) {
        new Run(batch.changes(), then).start();
    }

    /** Says whose the switch is; sent at once, and before whatever is sent later. */
    void mark(SuiteMarker put, List<SuiteMarker> remove, boolean clears) {
        if (clears) {
            Writes.write(channel, mapper.clear(tools.pending().nextXid()));
        }
        for (SuiteMarker marker : remove) {
            Writes.write(channel, mapper.unmark(marker, tools.pending().nextXid()));
        }
        Writes.write(channel, mapper.mark(put, tools.pending().nextXid()));
        channel.flush();
    }

    /** One batch under way. */
    private final class Run {

        private final List<OwnerChange> changes;
        private final Consumer<Map<Integer, Refusal>> then;
        private final Deque<List<Integer>> attempts = new ArrayDeque<>();
        private final Map<Integer, Refusal> errors = new HashMap<>();
        private final long began = System.nanoTime();

        Run(List<OwnerChange> changes, Consumer<Map<Integer, Refusal>> then) {
            this.changes = changes;
            this.then = then;
        }

        void start() {
            attempts.add(IntStream.range(0, changes.size()).boxed().toList());
            next();
        }

        private void next() {
            List<Integer> indexes = attempts.poll();
            if (indexes == null) {
                tools.meters().batchConfirmed(System.nanoTime() - began);
                then.accept(errors);
            } else {
                put(indexes);
            }
        }

        private void put(List<Integer> indexes) {
            boolean early = bundlesKnown;
            boolean rules = indexes.stream()
                    .anyMatch(index -> !changes.get(index).putRules().isEmpty()
                            || !changes.get(index).removeRules().isEmpty());
            boolean bundled = rules && bundles;
            boolean apart = !bundles
                    && indexes.stream().anyMatch(index -> changes(index, true))
                    && indexes.stream().anyMatch(index -> changes(index, false));
            WriteAttempt attempt = new WriteAttempt(tools, outcome -> {
                if (apart) {
                    changeTheFirst(confirmed(indexes, outcome));
                } else {
                    settle(indexes, early, outcome);
                }
            });
            indexes.forEach(index -> putItems(attempt, index, changes.get(index)));
            if (bundled) {
                if (!attempt.isEmpty()) {
                    attempt.barrier();
                }
                attempt.openBundle(++lastBundle);
            }
            if (apart) {
                putBehindTheFirst(attempt, indexes);
            } else {
                rules(attempt, indexes, false);
                rules(attempt, indexes, true);
            }
            if (bundled) {
                attempt.commitBundle();
                if (early && removeItems(attempt, indexes, true)) {
                    attempt.close();
                }
            } else {
                attempt.close();
            }
            channel.flush();
        }

        /** Meters, then groups. */
        private void putItems(WriteAttempt attempt, int index, OwnerChange change) {
            for (Meter meter : change.addMeters()) {
                attempt.send(index, () -> RuleText.of(meter), xid -> mapper.meter(OFMeterModCommand.ADD, meter, xid));
            }
            for (Meter meter : change.changeMeters()) {
                attempt.send(
                        index, () -> RuleText.of(meter), xid -> mapper.meter(OFMeterModCommand.MODIFY, meter, xid));
            }
            for (WantedGroup group : change.addGroups()) {
                attempt.send(index, () -> RuleText.of(group), xid -> mapper.addGroup(group, xid));
            }
            for (WantedGroup group : change.changeGroups()) {
                attempt.send(index, () -> RuleText.of(group), xid -> mapper.changeGroup(group, xid));
            }
        }

        /** Those in the table that frames come in at, or those behind it. */
        private void rules(WriteAttempt attempt, List<Integer> indexes, boolean first) {
            for (int index : indexes) {
                for (WantedRule rule : changes.get(index).putRules()) {
                    if (rule.slot().isInTheFirst() == first) {
                        attempt.put(index, rule);
                    }
                }
                for (Slot slot : changes.get(index).removeRules()) {
                    if (slot.isInTheFirst() == first) {
                        attempt.remove(index, slot);
                    }
                }
            }
        }

        private boolean changes(int index, boolean first) {
            OwnerChange change = changes.get(index);
            return change.putRules().stream().anyMatch(rule -> rule.slot().isInTheFirst() == first)
                    || change.removeRules().stream().anyMatch(slot -> slot.isInTheFirst() == first);
        }

        private void putBehindTheFirst(WriteAttempt attempt, List<Integer> indexes) {
            for (int index : indexes) {
                for (WantedRule rule : changes.get(index).putRules()) {
                    if (!rule.slot().isInTheFirst()) {
                        attempt.put(index, rule);
                    }
                }
            }
        }

        /** What the switch did not take behind the first table leaves everything in that as it is. */
        private void changeTheFirst(List<Integer> indexes) {
            WriteAttempt attempt =
                    new WriteAttempt(tools, outcome -> removeBehindTheFirst(confirmed(indexes, outcome), indexes));
            rules(attempt, indexes, true);
            attempt.close();
            channel.flush();
        }

        /**
         * Removes what frames are led to no more.
         *
         * @param written those whose rules were put behind the first table; what stands in their places by now stays
         */
        private void removeBehindTheFirst(List<Integer> indexes, List<Integer> written) {
            Set<Slot> taken = new HashSet<>();
            written.forEach(index -> changes.get(index).putRules().forEach(rule -> taken.add(rule.slot())));
            WriteAttempt attempt = new WriteAttempt(tools, outcome -> settle(indexes, false, outcome));
            for (int index : indexes) {
                for (Slot slot : changes.get(index).removeRules()) {
                    if (!slot.isInTheFirst() && !taken.contains(slot)) {
                        attempt.remove(index, slot);
                    }
                }
            }
            if (attempt.isEmpty()) {
                settle(indexes, false, attempt);
                return;
            }
            attempt.close();
            channel.flush();
        }

        /** Those of some that the switch has taken so far; the others are told what it said. */
        private List<Integer> confirmed(List<Integer> indexes, WriteAttempt outcome) {
            errors.putAll(outcome.errors());
            List<Integer> good = new ArrayList<>(indexes);
            good.removeAll(outcome.errors().keySet());
            return good;
        }

        private void settle(List<Integer> indexes, boolean early, WriteAttempt outcome) {
            List<Integer> good = confirmed(indexes, outcome);
            if (outcome.bundlesUnknown()) {
                bundles = false;
                attempts.addFirst(indexes);
                next();
                return;
            }
            Refusal bundleError = outcome.bundleError();
            if (bundleError == null) {
                bundlesKnown |= outcome.isBundled();
                removeLast(good, early && outcome.isBundled());
            } else if (indexes.size() == 1) {
                good.forEach(index -> errors.put(index, bundleError));
                next();
            } else {
                good.forEach(index -> attempts.addLast(List.of(index)));
                next();
            }
        }

        private void removeLast(List<Integer> indexes, boolean early) {
            WriteAttempt attempt = new WriteAttempt(tools, outcome -> {
                errors.putAll(outcome.errors());
                next();
            });
            boolean some = removeItems(attempt, indexes, false);
            if (!early) {
                some |= removeItems(attempt, indexes, true);
            }
            if (some) {
                attempt.close();
                channel.flush();
            } else {
                next();
            }
        }

        /**
         * Removes groups and meters, of changes that put no rules, or of all others.
         *
         * @return whether there was any
         */
        private boolean removeItems(WriteAttempt attempt, List<Integer> indexes, boolean puttingNone) {
            boolean some = false;
            for (int index : indexes) {
                OwnerChange change = changes.get(index);
                if (change.putRules().isEmpty() == puttingNone) {
                    for (long number : change.removeGroups()) {
                        attempt.send(index, () -> "delete group_id=" + number, xid -> mapper.removeGroup(number, xid));
                        some = true;
                    }
                    for (long number : change.removeMeters()) {
                        attempt.send(index, () -> "delete meter=" + number, xid -> mapper.removeMeter(number, xid));
                        some = true;
                    }
                }
            }
            return some;
        }
    }
}
