package io.vlink.gateway.switches.boundary;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.SwitchPort;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.RuleState;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the effects of events: commands to carry out, records to write, notes for the log. */
public final class SwitchEffects {

    /**
     * An owner whose rule set for a switch became a tombstone: all records about it are to be deleted from this
     * service's topics.
     *
     * @param counted whether counters of it may exist
     */
    public record RemovedOwner(DatapathId datapathId, Owner owner, boolean counted) {}

    /** A removed switch: its records and those of its ports are to be deleted from this service's topics. */
    public record RemovedSwitch(DatapathId datapathId, List<SwitchPort> ports) {
        public RemovedSwitch {
            ports = List.copyOf(ports);
        }
    }

    /** A line about a switch for the service's log. */
    public record Note(DatapathId datapathId, String text) {}

    /**
     * A change in whether it is in doubt that a switch belongs to this suite.
     *
     * @param reason why the switch is left alone; absent if it is not
     */
    public record Doubt(DatapathId datapathId, @Nullable String reason) {}

    private final List<Doubt> doubts = new ArrayList<>();
    private final List<SwitchCommand> commands = new ArrayList<>();
    private final List<Switch> switches = new ArrayList<>();
    private final List<Port> ports = new ArrayList<>();
    private final List<RuleState> ruleStates = new ArrayList<>();
    private final List<RemovedOwner> removed = new ArrayList<>();
    private final List<RemovedSwitch> removedSwitches = new ArrayList<>();
    private final List<RuleCounters> counters = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    public void command(SwitchCommand command) {
        commands.add(command);
    }

    public void doubt(DatapathId datapathId, @Nullable String reason) {
        doubts.add(new Doubt(datapathId, reason));
    }

    public List<Doubt> doubts() {
        return List.copyOf(doubts);
    }

    public void publish(Switch state) {
        switches.add(state);
    }

    public void publish(Port port) {
        ports.add(port);
    }

    public void publish(RuleState state) {
        ruleStates.add(state);
    }

    public void publish(RuleCounters read) {
        counters.add(read);
    }

    public void remove(DatapathId datapathId, Owner owner, boolean counted) {
        removed.add(new RemovedOwner(datapathId, owner, counted));
    }

    /** Removes a switch, and drops what was to be published about it. */
    public void remove(DatapathId datapathId, List<SwitchPort> known) {
        switches.removeIf(state -> state.id().equals(datapathId));
        ports.removeIf(port -> port.id().datapathId().equals(datapathId));
        removedSwitches.add(new RemovedSwitch(datapathId, known));
    }

    public void note(DatapathId datapathId, String text) {
        notes.add(new Note(datapathId, text));
    }

    public List<SwitchCommand> commands() {
        return commands;
    }

    public List<Switch> switches() {
        return switches;
    }

    public List<Port> ports() {
        return ports;
    }

    public List<RuleState> ruleStates() {
        return ruleStates;
    }

    public List<RemovedOwner> removed() {
        return removed;
    }

    public List<RemovedSwitch> removedSwitches() {
        return removedSwitches;
    }

    public List<RuleCounters> counters() {
        return counters;
    }

    public List<Note> notes() {
        return notes;
    }
}
