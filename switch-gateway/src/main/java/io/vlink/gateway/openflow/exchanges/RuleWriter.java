package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.vlink.events.rules.Meter;
import io.vlink.gateway.openflow.mapping.RuleMapper;
import io.vlink.gateway.switches.boundary.Batch;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.WantedRule;
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
 * Writes batches to the switch. One attempt consists of meters, groups and a barrier; then the rules in one bundle (OpenFlow
 * 1.4), or followed by a barrier (1.3, or a switch without bundles); then the removal of groups, then of meters, and a barrier.
 *
 * <p>Rules behind the first table are added before the rules in it, and removed after them: no frame is led to a place without
 * a rule. Without bundles, each of these steps is confirmed before the next. The switch deletes rules that lead to a removed
 * group or meter. So if the attempt adds rules, groups and meters are removed only once those rules are confirmed. Everything
 * else is sent at once.
 *
 * <p>Errors are matched by xid. A bundle is all or nothing: if it fails, its changes are attempted one by one, and a bad rule
 * harms only its own network. Belongs to the event loop.
 */
public final class RuleWriter {

    private final Channel channel;
    private final RuleMapper mapper;
    private final WriteAttempt.Tools tools;
    private boolean bundles;
    /** True once the switch has accepted a bundle, which shows that it supports bundles. */
    private boolean bundlesKnown;

    private int lastBundle;

    public RuleWriter(
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
     * Writes a batch.
     *
     * @param then receives the errors, by index of the change, once the switch has confirmed everything else
     */
    public void write(Batch batch, Consumer<Map<Integer, Refusal>> then) {
        new Run(batch.changes(), then).start();
    }

    /** Writes the marker of the switch's suite. Sent at once, before any later message. */
    public void mark(SuiteMarker put, List<SuiteMarker> remove, boolean clears) {
        if (clears) {
            Writes.write(channel, mapper.clear(tools.pending().nextXid()));
        }
        for (SuiteMarker marker : remove) {
            Writes.write(channel, mapper.unmark(marker, tools.pending().nextXid()));
        }
        Writes.write(channel, mapper.mark(put, tools.pending().nextXid()));
        channel.flush();
    }

    /** One batch in progress. */
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

        /** Writes meters, then groups. */
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

        /** Writes the rules in the first table, which frames enter, or those behind it. */
        private void rules(WriteAttempt attempt, List<Integer> indexes, boolean first) {
            for (int index : indexes) {
                for (WantedRule rule : changes.get(index).putRules()) {
                    if (rule.key().isInTheFirst() == first) {
                        attempt.put(index, rule);
                    }
                }
                for (RuleKey key : changes.get(index).removeRules()) {
                    if (key.isInTheFirst() == first) {
                        attempt.remove(index, key);
                    }
                }
            }
        }

        private boolean changes(int index, boolean first) {
            OwnerChange change = changes.get(index);
            return change.putRules().stream().anyMatch(rule -> rule.key().isInTheFirst() == first)
                    || change.removeRules().stream().anyMatch(key -> key.isInTheFirst() == first);
        }

        private void putBehindTheFirst(WriteAttempt attempt, List<Integer> indexes) {
            for (int index : indexes) {
                for (WantedRule rule : changes.get(index).putRules()) {
                    if (!rule.key().isInTheFirst()) {
                        attempt.put(index, rule);
                    }
                }
            }
        }

        /** Writes the first table, except for changes that the switch refused behind it. */
        private void changeTheFirst(List<Integer> indexes) {
            WriteAttempt attempt =
                    new WriteAttempt(tools, outcome -> removeBehindTheFirst(confirmed(indexes, outcome), indexes));
            rules(attempt, indexes, true);
            attempt.close();
            channel.flush();
        }

        /**
         * Removes rules behind the first table that no frame is led to any more.
         *
         * @param written the changes that added rules behind the first table; rules under the same keys stay
         */
        private void removeBehindTheFirst(List<Integer> indexes, List<Integer> written) {
            Set<RuleKey> taken = new HashSet<>();
            written.forEach(index -> changes.get(index).putRules().forEach(rule -> taken.add(rule.key())));
            WriteAttempt attempt = new WriteAttempt(tools, outcome -> settle(indexes, false, outcome));
            for (int index : indexes) {
                for (RuleKey key : changes.get(index).removeRules()) {
                    if (!key.isInTheFirst() && !taken.contains(key)) {
                        attempt.remove(index, key);
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

        /** Returns the changes without errors so far, and notes the errors of the others. */
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
         * Removes groups and meters, either of the changes that add no rules or of all others.
         *
         * @return whether there was anything to remove
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
