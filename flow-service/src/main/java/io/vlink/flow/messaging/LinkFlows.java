package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.LinkPort;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.flow.ledger.Confirmation;
import io.vlink.flow.ledger.LinkLedger;
import io.vlink.flow.ledger.RuleSetChanges;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.Outbox;
import io.vlink.log.schema.UnreadableEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The sending ports of the links in a partition: the rule set of each port, and the ports with a meter for best effort.
 * Belongs to one thread.
 */
final class LinkFlows {

    private static final Logger LOG = Logger.getLogger(LinkFlows.class);

    private final Echoes echoes;
    private final FlowMeters meters;
    private final Map<InSwitch, LinkLedger> ports = new HashMap<>();
    private final Set<InSwitch> touched = new LinkedHashSet<>();
    /** Ports with a meter, by overlay. */
    private final Map<String, Set<SwitchPort>> metered = new HashMap<>();

    private final Set<InSwitch> refused = new HashSet<>();
    private boolean idle;

    LinkFlows(Echoes echoes, FlowMeters meters) {
        this.echoes = echoes;
        this.meters = meters;
    }

    /** A port of an overlay's links. */
    record SendingPort(String overlay, SwitchPort port) {}

    /** Stops all changes: builds that may run beside this one support only networks as owners of rules. */
    void leaveAlone(boolean wanted) {
        idle = wanted;
    }

    /** Returns whether a port of an overlay's links has a meter for best effort, as of the last {@link #act}. */
    Predicate<SwitchPort> meteredIn(String overlay) {
        return port -> {
            Set<SwitchPort> known = metered.get(overlay);
            return known != null && known.contains(port);
        };
    }

    void onShare(LinkShare.ShareKey key, Entry entry) throws UnreadableEvent {
        InSwitch id = new InSwitch(key.datapathId(), key.link());
        LinkLedger ledger = entry.value() == null ? ports.get(id) : of(id);
        if (ledger == null) {
            return;
        }
        touched.add(id);
        try {
            ledger.shared(Inbox.value(LinkShare.TOPIC, key, entry), entry.offset());
        } catch (UnreadableEvent e) {
            ledger.shareUnreadable();
            throw e;
        }
    }

    void onRuleState(InSwitch id, @Nullable RuleState state, Entry entry) {
        LinkLedger ledger = state == null ? ports.get(id) : of(id);
        if (ledger == null) {
            return;
        }
        if (state == null) {
            ledger.heardNoMore();
        } else {
            ledger.heard(state, entry.offset(), entry.timestamp());
        }
        touched.add(id);
    }

    /** Processes a link's rule set that was read under a key of this partition. */
    void onRuleSet(InSwitch id, Entry entry, boolean loaded) throws UnreadableEvent {
        if (echoes.isNext(Topic.RULES, String.valueOf(entry.key()), entry.value())) {
            of(id).readOwn();
            touched.add(id);
            return;
        }
        RuleSet set = null;
        try {
            set = Inbox.value(RuleSet.TOPIC, id, entry);
        } finally {
            // A record that cannot be read is not ours.
            if (set != null || ports.containsKey(id)) {
                if (of(id).read(set) && loaded) {
                    LOG.warnf(
                            "A former owner replaced a rule set; it is written again. (link=%s, datapathId=%s)",
                            id.owner(), id.datapathId());
                    meters.lateWriteSeen();
                }
                touched.add(id);
            }
        }
    }

    /**
     * Writes the resulting records.
     *
     * @return the ports that have gained or lost their meter
     */
    List<SendingPort> act(Outbox out) {
        if (idle || touched.isEmpty()) {
            return List.of();
        }
        List<SendingPort> changed = new ArrayList<>();
        for (InSwitch id : touched) {
            LinkLedger ledger = ports.get(id);
            if (ledger == null || !(id.owner() instanceof LinkPort link)) {
                continue;
            }
            put(id, ledger.advance(), out);
            report(ledger);
            SwitchPort port = new SwitchPort(id.datapathId(), link.port());
            if (isChanged(link.overlay(), port, ledger.isMetered())) {
                changed.add(new SendingPort(link.overlay(), port));
            }
            if (ledger.isFinished()) {
                ports.remove(id);
            }
        }
        touched.clear();
        return changed;
    }

    private void put(InSwitch id, RuleSetChanges turn, Outbox out) {
        for (RuleSet set : turn.sets()) {
            echoes.wrote(Topic.RULES, set.key(), out.put(Topic.RULES, set.datapathId(), set.key(), set));
        }
        meters.ruleSetsWritten(turn.sets().size());
        for (DatapathId datapathId : turn.tombstones()) {
            out.tombstone(Topic.RULES, datapathId, datapathId + "/" + id.owner());
        }
    }

    private boolean isChanged(String overlay, SwitchPort port, boolean now) {
        if (now) {
            return metered.computeIfAbsent(overlay, o -> new HashSet<>()).add(port);
        }
        Set<SwitchPort> known = metered.get(overlay);
        if (known == null || !known.remove(port)) {
            return false;
        }
        if (known.isEmpty()) {
            metered.remove(overlay);
        }
        return true;
    }

    private void report(LinkLedger ledger) {
        Confirmation.Failed refusal = ledger.refusal();
        if (refusal == null) {
            refused.remove(ledger.id());
        } else if (refused.add(ledger.id())) {
            LOG.warnf(
                    "The switch rejected the meter for best effort, so best effort is not limited next to reserved traffic: %s (datapathId=%s, link=%s)",
                    refusal.message(), ledger.id().datapathId(), ledger.id().owner());
        }
    }

    private LinkLedger of(InSwitch id) {
        return ports.computeIfAbsent(id, LinkLedger::new);
    }
}
