package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.ports.SwitchPorts;
import io.vlink.gateway.switches.possession.Decision;
import io.vlink.gateway.switches.possession.Marking;
import io.vlink.gateway.switches.possession.SuiteView;
import io.vlink.gateway.switches.sync.RuleCounts;
import io.vlink.gateway.switches.sync.RuleSync;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides everything about one owned switch: mastership, safety, reports and commands ({@link SwitchLifecycle}). */
public final class SwitchControl {

    private final DatapathId id;
    private final Mastership mastership;
    private final SwitchPorts ports;
    private final SwitchReport report;
    private final RuleSync rules;
    private final Marking marking;
    private final SwitchLifecycle lifecycle;

    public SwitchControl(DatapathId id, long epoch, SwitchSettings settings) {
        this.id = id;
        this.mastership = new Mastership(id, epoch);
        this.ports = new SwitchPorts(id);
        this.report = new SwitchReport(id, settings.gateway(), mastership);
        this.rules = new RuleSync(id);
        this.marking = new Marking(id);
        this.lifecycle = new SwitchLifecycle(id, settings, mastership, ports, report, rules, marking);
    }

    /** Returns the epoch of this gateway's mastership of the switch. */
    public long epoch() {
        return mastership.epoch();
    }

    public SwitchPorts ports() {
        return ports;
    }

    /** Returns whether the result of a batch is awaited. */
    public boolean isWriting() {
        return rules.isWriting();
    }

    /**
     * Returns when the switch at the other side of a port was last heard there: by labelled frames that rules counted,
     * or by BFD or CFM; null if never.
     */
    public @Nullable Instant heardOn(PortNumber port) {
        Instant told = lifecycle.heardOn(port);
        return told == null ? rules.heardOn(port) : told;
    }

    /** Returns the numbers of wanted and installed rules, meters and groups. */
    public RuleCounts counts() {
        return rules.counts();
    }

    /** Returns what the switch's meters dropped for all networks; it never decreases. */
    public Drops dropped() {
        return rules.dropped();
    }

    /** Returns whether nothing is known of the switch and nothing is wanted in it. */
    public boolean isBlank() {
        return lifecycle.isAbsent() && report.isEmpty() && ports.isEmpty() && rules.isEmpty();
    }

    /** Returns whether any owner has rules in the switch. */
    public boolean isWanted() {
        return !rules.isEmpty();
    }

    /** Returns whether an owner has a rule set for this switch, or rules still to be removed from it. */
    public boolean holds(Owner owner) {
        return rules.wanted().of(owner) != null;
    }

    /** Notes that counters of an owner with rules in this switch are already recorded. */
    void countersRecorded(Owner owner) {
        rules.countersRecorded(owner);
    }

    /** Returns the time since which it has been reported as disconnected; null if it is not. */
    public @Nullable Instant disconnectedSince() {
        return lifecycle.isAbsent() ? report.disconnectedSince() : null;
    }

    /** Deletes all records of a disconnected switch from this service's topics. */
    public void clear(SwitchEffects effects) {
        List<SwitchPort> known = ports.published().stream().map(Port::id).toList();
        report.loaded(null);
        known.forEach(port -> ports.loadedTombstone(port.port()));
        effects.remove(id, known);
    }

    // ---- records

    public void loaded(@Nullable Switch state) {
        if (lifecycle.isAbsent()) {
            report.loaded(state);
        }
    }

    public void loaded(Port port) {
        if (lifecycle.isAbsent()) {
            ports.loaded(port);
        }
    }

    public void loadedPortTombstone(PortNumber number) {
        if (lifecycle.isAbsent()) {
            ports.loadedTombstone(number);
        }
    }

    /**
     * Handles the deletion of this switch's record. If the switch is disconnected, everything still to be removed from
     * it counts as removed. If it is connected, its record is written again.
     */
    public void deleted(SwitchEffects effects) {
        if (lifecycle.isAbsent()) {
            report.loaded(null);
            lifecycle.expectsNoConnection();
            rules.switchDisconnected(mastership.epoch(), effects);
        } else {
            report.again(effects);
        }
    }

    /** Handles the deletion of the record of one of its ports. */
    public void portDeleted(PortNumber number, SwitchEffects effects) {
        loadedPortTombstone(number);
        if (lifecycle.mayPublishPorts()) {
            ports.loadedTombstone(number);
            ports.publish(number, mastership.epoch(), effects);
        }
    }

    /** Sets the suite; before the switch is connected. */
    public void of(SuiteView suite) {
        marking.of(suite);
        rules.finalisedFor(suite.marks().generation());
    }

    /** Notes the offset, in its partition of vlink.rules, of a record about this switch. */
    public void recorded(long offset) {
        marking.recorded(offset);
    }

    /** Returns whether the switch belonged to this suite at the last check and may be written to. */
    public boolean isOurs() {
        return marking.isOurs();
    }

    /** Updates the marker before another gateway takes over the switch. */
    public void leave(SwitchEffects effects) {
        lifecycle.leave(effects);
    }

    /** Applies an operator's decision. Returns whether the switch was left alone until now. */
    public boolean decide(Decision decision, SwitchEffects effects, Instant now) {
        return lifecycle.decide(decision, effects, now);
    }

    public void put(RuleSet set) {
        rules.put(set);
    }

    public void remove(Owner owner) {
        rules.remove(owner);
    }

    /**
     * Raises the epoch above everything ever written about this switch: the group's generation may restart from a low
     * number.
     */
    public void raiseEpoch(long atLeast) {
        mastership.raise(atLeast);
    }

    /** Sets the recorded address of the switch's OVSDB; absent if there is none. */
    public void ovsdb(@Nullable String address, SwitchEffects effects, Instant now) {
        lifecycle.ovsdb(address, effects, now);
    }

    // ---- events and time

    public void on(SwitchEvent event, SwitchEffects effects, Instant now) {
        lifecycle.on(event, effects, now);
    }

    /** Returns why the switch lacks the tunnel that a link needs; absent if it does not. */
    public Optional<String> tunnelProblem(ResourceId link) {
        return lifecycle.tunnelProblem(link);
    }

    /** Acts on all events so far and on time. Returns when to call again at the latest. */
    public @Nullable Instant act(SwitchEffects effects, Instant now) {
        return lifecycle.act(effects, now);
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
