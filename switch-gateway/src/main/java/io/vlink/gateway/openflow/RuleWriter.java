package io.vlink.gateway.openflow;

import io.netty.channel.Channel;
import io.vlink.gateway.switches.Batch;
import io.vlink.gateway.switches.NetworkChange;
import io.vlink.gateway.switches.Refusal;
import io.vlink.gateway.switches.RuleText;
import io.vlink.gateway.switches.SuiteMarker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * Carries batches out. One attempt is: meters and a barrier, then the rules in one bundle (OpenFlow 1.4), or followed by a
 * barrier (1.3, or a switch without bundles), then removal of meters and a barrier. A meter takes the rules along that use
 * it, so where a rule is put, meters go only once that is confirmed; all else is sent at once. Errors are matched by xid. A
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

        private final List<NetworkChange> changes;
        private final Consumer<Map<Integer, Refusal>> then;
        private final Deque<List<Integer>> attempts = new ArrayDeque<>();
        private final Map<Integer, Refusal> errors = new HashMap<>();
        private final long began = System.nanoTime();

        Run(List<NetworkChange> changes, Consumer<Map<Integer, Refusal>> then) {
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
            WriteAttempt attempt = new WriteAttempt(tools, outcome -> settle(indexes, early, outcome));
            for (int index : indexes) {
                changes.get(index)
                        .addMeters()
                        .forEach(meter -> attempt.send(
                                index,
                                () -> RuleText.of(meter),
                                xid -> mapper.meter(OFMeterModCommand.ADD, meter, xid)));
                changes.get(index)
                        .changeMeters()
                        .forEach(meter -> attempt.send(
                                index,
                                () -> RuleText.of(meter),
                                xid -> mapper.meter(OFMeterModCommand.MODIFY, meter, xid)));
            }
            boolean rules = indexes.stream()
                    .anyMatch(index -> !changes.get(index).putRules().isEmpty()
                            || !changes.get(index).removeRules().isEmpty());
            boolean bundled = rules && bundles;
            if (bundled) {
                if (!attempt.isEmpty()) {
                    attempt.barrier();
                }
                attempt.openBundle(++lastBundle);
            }
            for (int index : indexes) {
                changes.get(index).putRules().forEach(rule -> attempt.put(index, rule));
                changes.get(index).removeRules().forEach(slot -> attempt.remove(index, slot));
            }
            if (bundled) {
                attempt.commitBundle();
                if (early && removeMeters(attempt, indexes, true)) {
                    attempt.close();
                }
            } else {
                attempt.close();
            }
            channel.flush();
        }

        private void settle(List<Integer> indexes, boolean early, WriteAttempt outcome) {
            errors.putAll(outcome.errors());
            if (outcome.bundlesUnknown()) {
                bundles = false;
                attempts.addFirst(indexes);
                next();
                return;
            }
            List<Integer> good = new ArrayList<>(indexes);
            good.removeAll(outcome.errors().keySet());
            Refusal bundleError = outcome.bundleError();
            if (bundleError == null) {
                bundlesKnown |= outcome.isBundled();
                removeLastMeters(good, early && outcome.isBundled());
            } else if (indexes.size() == 1) {
                good.forEach(index -> errors.put(index, bundleError));
                next();
            } else {
                good.forEach(index -> attempts.addLast(List.of(index)));
                next();
            }
        }

        private void removeLastMeters(List<Integer> indexes, boolean early) {
            WriteAttempt attempt = new WriteAttempt(tools, outcome -> {
                errors.putAll(outcome.errors());
                next();
            });
            boolean some = removeMeters(attempt, indexes, false);
            if (!early) {
                some |= removeMeters(attempt, indexes, true);
            }
            if (some) {
                attempt.close();
                channel.flush();
            } else {
                next();
            }
        }

        /**
         * Of changes that put no rules, or of all others.
         *
         * @return whether there was any
         */
        private boolean removeMeters(WriteAttempt attempt, List<Integer> indexes, boolean puttingNone) {
            boolean some = false;
            for (int index : indexes) {
                NetworkChange change = changes.get(index);
                if (change.putRules().isEmpty() == puttingNone) {
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
