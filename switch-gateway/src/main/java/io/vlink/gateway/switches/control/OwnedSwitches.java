package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.nodes.Node;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.sync.RuleCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The known switches of one partition. A switch about which nothing is known any more is removed, unless a node
 * declares it. The number of switches that no node declares and no network uses is limited ({@link Strangers}).
 */
public final class OwnedSwitches {

    /** Receives the wanted and installed counts of each switch. */
    public interface Counts {
        void show(DatapathId id, RuleCounts counts, Drops dropped);

        /** Drops the counts of a removed switch. */
        void drop(DatapathId id);
    }

    private final Strangers bound;
    private final Function<DatapathId, SwitchControl> made;
    private final Counts counts;
    private final Map<DatapathId, SwitchControl> all = new HashMap<>();
    /** The number of nodes that declare a switch. */
    private final Map<DatapathId, Integer> declared = new HashMap<>();

    private int strangers;
    /** The number of ports of all strangers. */
    private int ports;

    /**
     * Creates an empty set.
     *
     * @param made creates the control of a switch
     */
    public OwnedSwitches(Strangers bound, Function<DatapathId, SwitchControl> made, Counts counts) {
        this.bound = bound;
        this.made = made;
        this.counts = counts;
    }

    /** Returns the control of a switch; creates it if the switch is unknown. */
    public SwitchControl of(DatapathId id) {
        return all.computeIfAbsent(id, made);
    }

    /** Returns the control of a switch; null if the switch is unknown. */
    public @Nullable SwitchControl known(DatapathId id) {
        return all.get(id);
    }

    public Collection<SwitchControl> all() {
        return all.values();
    }

    public Set<DatapathId> ids() {
        return all.keySet();
    }

    /**
     * Notes the recorded counters. Returns those whose network has neither a rule set for that switch nor rules still
     * to be removed from it.
     */
    public List<InSwitch> strays(Collection<InSwitch> counted) {
        List<InSwitch> strays = new ArrayList<>();
        for (InSwitch each : counted) {
            SwitchControl control = all.get(each.datapathId());
            if (control == null || !control.holds(each.owner())) {
                strays.add(each);
            } else {
                control.countersRecorded(each.owner());
            }
        }
        return strays;
    }

    /** Notes a change of a node. Null: it did not exist, or no longer exists. */
    public void node(@Nullable Node before, @Nullable Node now) {
        if (before != null) {
            declared.computeIfPresent(before.spec().datapathId(), (same, count) -> count == 1 ? null : count - 1);
        }
        if (now != null) {
            declared.merge(now.spec().datapathId(), 1, Integer::sum);
        }
    }

    /**
     * Returns whether to process an event. For an unknown switch only a connection is processed. If there is no room
     * for the switch, its connection is closed; it is accepted once a node declares it.
     */
    public boolean takes(SwitchEvent event, SwitchEffects effects, Instant now) {
        SwitchControl control = all.get(event.datapathId());
        return switch (event) {
            case SwitchEvent.Connected connected ->
                !isStranger(event.datapathId(), control) || admits(connected, control, effects, now);
            case SwitchEvent.PortSeen seen ->
                control != null && (!isStranger(event.datapathId(), control) || admits(seen, control, effects, now));
            default -> control != null;
        };
    }

    private boolean isStranger(DatapathId id, @Nullable SwitchControl control) {
        return !declared.containsKey(id) && (control == null || !control.isWanted());
    }

    private boolean admits(
            SwitchEvent.Connected event, @Nullable SwitchControl control, SwitchEffects effects, Instant now) {
        int others = ports - (control == null ? 0 : control.ports().known());
        int with = others + event.ports().size();
        if (with > bound.ports() || (control == null && strangers >= bound.share() && !makesRoom(effects, now))) {
            refuse(event, effects, now);
            return false;
        }
        strangers += control == null ? 1 : 0;
        ports = Math.max(ports, with);
        return true;
    }

    private boolean admits(SwitchEvent.PortSeen event, SwitchControl control, SwitchEffects effects, Instant now) {
        if (control.ports().knows(event.port().number())) {
            return true;
        }
        if (ports >= bound.ports()) {
            refuse(event, effects, now);
            return false;
        }
        ports++;
        return true;
    }

    private void refuse(SwitchEvent.ConnectionEvent event, SwitchEffects effects, Instant now) {
        effects.command(new SwitchCommand.Refuse(
                event.datapathId(), event.connection(), "Too many undeclared switches; declare a node with this one."));
        String news = bound.refused(now);
        if (news != null) {
            effects.note(event.datapathId(), news);
        }
    }

    private boolean makesRoom(SwitchEffects effects, Instant now) {
        List<Disconnected> longest = disconnected(1, now);
        longest.forEach(disconnected -> remove(disconnected, effects, now));
        return !longest.isEmpty();
    }

    /** A disconnected switch that no node declares and no network uses. */
    private record Disconnected(DatapathId id, SwitchControl control, Instant since) {}

    /** Returns those disconnected longest, if for long enough. */
    private List<Disconnected> disconnected(int most, Instant now) {
        return all.entrySet().stream()
                .map(of -> disconnected(of.getKey(), of.getValue()))
                .filter(disconnected -> disconnected != null
                        && !disconnected.since().plus(Strangers.REMEMBERED).isAfter(now))
                .sorted(Comparator.comparing(Disconnected::since))
                .limit(most)
                .toList();
    }

    private @Nullable Disconnected disconnected(DatapathId id, SwitchControl control) {
        Instant since = control.disconnectedSince();
        return since != null && isStranger(id, control) ? new Disconnected(id, control, since) : null;
    }

    private void remove(Disconnected disconnected, SwitchEffects effects, Instant now) {
        disconnected.control().clear(effects);
        all.remove(disconnected.id());
        counts.drop(disconnected.id());
        strangers--;
        String news = bound.dropped(disconnected.since(), now);
        if (news != null) {
            effects.note(disconnected.id(), news);
        }
    }

    /** Acts on all events so far and on time. Returns when to call again at the latest. */
    public @Nullable Instant act(SwitchEffects effects, Instant now) {
        Instant next = null;
        strangers = 0;
        ports = 0;
        for (Iterator<Map.Entry<DatapathId, SwitchControl>> of = all.entrySet().iterator(); of.hasNext(); ) {
            Map.Entry<DatapathId, SwitchControl> each = of.next();
            SwitchControl control = each.getValue();
            next = SwitchControl.earlier(next, control.act(effects, now));
            if (isStranger(each.getKey(), control)) {
                if (control.isBlank()) {
                    of.remove();
                    counts.drop(each.getKey());
                    continue;
                }
                strangers++;
                ports += control.ports().known();
            }
            counts.show(each.getKey(), control.counts(), control.dropped());
        }
        // The limit may be exceeded after a change of the setting, or when a node was deleted.
        if (strangers > bound.share()) {
            disconnected(strangers - bound.share(), now).forEach(disconnected -> remove(disconnected, effects, now));
        }
        return next;
    }
}
