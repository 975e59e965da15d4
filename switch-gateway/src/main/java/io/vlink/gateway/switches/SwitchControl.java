package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything about one switch of ours: who is its master, whether it is safe, what is reported of it, what is sent
 * to it ({@link SwitchLifecycle}).
 */
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

    /** The mastership under which we speak of this switch. */
    public long epoch() {
        return mastership.epoch();
    }

    public SwitchPorts ports() {
        return ports;
    }

    /** Whether the switch is about to say what became of rules. */
    public boolean isWriting() {
        return rules.isWriting();
    }

    /**
     * When the switch at the other side of a port was last heard there: by frames with labels, as the counters of rules said,
     * or by BFD or CFM; null: never.
     */
    public @Nullable Instant heardOn(PortNumber port) {
        Instant told = lifecycle.heardOn(port);
        return told == null ? rules.heardOn(port) : told;
    }

    /** How much of what is wanted is there. */
    public RuleCounts counts() {
        return rules.counts();
    }

    /** What the meters of the switch dropped, for whichever network; never becomes less. */
    public Drops dropped() {
        return rules.dropped();
    }

    /** Whether nothing is known of it, and nothing wanted. */
    public boolean isBlank() {
        return lifecycle.isAbsent() && report.isEmpty() && ports.isEmpty() && rules.isEmpty();
    }

    /** Whether anybody wants anything of it. */
    public boolean isWanted() {
        return !rules.isEmpty();
    }

    /** Whether an owner has a rule set here, or rules that are still to be removed. */
    public boolean holds(Owner owner) {
        return rules.wanted().of(owner) != null;
    }

    /** Counters of an owner that has rules here are recorded already. */
    void countersRecorded(Owner owner) {
        rules.countersRecorded(owner);
    }

    /** Since when it is reported as disconnected; null: it is not. */
    public @Nullable Instant goneSince() {
        return lifecycle.isAbsent() ? report.goneSince() : null;
    }

    /** Has all that is in our topics of a switch that is gone deleted. */
    public void forgetAll(Effects effects) {
        List<SwitchPort> known = ports.published().stream().map(Port::id).toList();
        report.loaded(null);
        known.forEach(port -> ports.loadedTombstone(port.port()));
        effects.forget(id, known);
    }

    // ---- what the log says

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
     * Somebody had the record of this switch deleted. Where the switch is gone that is the last of it: what is still to be
     * removed from it counts as removed. Where it is here, its record is written again.
     */
    public void forgotten(Effects effects) {
        if (lifecycle.isAbsent()) {
            report.loaded(null);
            lifecycle.expectsNoConnection();
            rules.switchIsGone(mastership.epoch(), effects);
        } else {
            report.again(effects);
        }
    }

    /** The same for one of its ports. */
    public void forgottenPort(PortNumber number, Effects effects) {
        loadedPortTombstone(number);
        if (lifecycle.mayPublishPorts()) {
            ports.loadedTombstone(number);
            ports.publish(number, mastership.epoch(), effects);
        }
    }

    /** For which suite it is kept; before it is connected. */
    public void of(SuiteView suite) {
        marking.of(suite);
        rules.finalisedFor(suite.marks().generation());
    }

    /** Something is wanted of it that stands at this offset of its partition of vlink.rules. */
    public void recorded(long offset) {
        marking.recorded(offset);
    }

    /** Whether the switch was ours when it was last looked at, so that what is wanted may be made of it. */
    public boolean isOurs() {
        return marking.isOurs();
    }

    /** Another gateway will have the switch, and is to know how far this one came. */
    public void leave(Effects effects) {
        lifecycle.leave(effects);
    }

    /** An operator decided what becomes of the switch; returns whether it was left alone until now. */
    public boolean decide(Decision decision, Effects effects, Instant now) {
        return lifecycle.decide(decision, effects, now);
    }

    public void put(RuleSet set) {
        rules.put(set);
    }

    public void forget(Owner owner) {
        rules.forget(owner);
    }

    /** The mastership must be above all that was ever written of this switch: the group's generation may start anew. */
    public void raiseEpoch(long atLeast) {
        mastership.raise(atLeast);
    }

    /** Where the switch's OVSDB listens, as recorded; absent: nowhere. */
    public void ovsdb(@Nullable String address, Effects effects, Instant now) {
        lifecycle.ovsdb(address, effects, now);
    }

    // ---- what the switch says, and what time brings

    public void on(SwitchEvent event, Effects effects, Instant now) {
        lifecycle.on(event, effects, now);
    }

    /** Why the switch lacks the tunnel that a link needs, if it does. */
    public Optional<String> tunnelProblem(ResourceId link) {
        return lifecycle.tunnelProblem(link);
    }

    /** Does what follows from all that came in, and from time; returns when to be called again at the latest. */
    public @Nullable Instant act(Effects effects, Instant now) {
        return lifecycle.act(effects, now);
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
