package io.vlink.flow.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import io.vlink.events.rules.Table;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Switch;
import io.vlink.flow.compile.Layout;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.ledger.NetworkLedger;
import io.vlink.flow.ledger.RuleSetChanges;
import io.vlink.flow.status.StatusComposer;
import io.vlink.flow.status.StatusLedger;
import io.vlink.flow.status.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One network from decision to status without Kafka. Written records are in {@link #wanted} as in a compacted topic, and the
 * test decides when a gateway applies them. Time stands still unless advanced.
 */
public final class Replay extends SwitchRecords {

    public static final Duration SETTLING = Duration.ofMillis(500);

    public final List<NetworkStatus> statuses = new ArrayList<>();
    private int passedOver;
    private final Set<SwitchPort> metered = new HashSet<>();

    private final Map<DatapathId, Said<RuleState>> ruleStates = new HashMap<>();
    private final Map<DatapathId, Said<Switch>> switchStates = new HashMap<>();
    private @Nullable Said<PathDecision> decision;
    private @Nullable NetworkStatus status;
    private long offset;
    private Instant now = Sample.START;
    private boolean down;

    private Table table;
    private NetworkLedger ledger;
    private Switches switches = new Switches();
    private StatusLedger statusLedger = new StatusLedger(new StatusComposer(switches));

    /** A record with its offset and time. */
    private record Said<T>(T record, long offset, Instant at) {}

    /** Connects all five switches; rules are in the table of a finalised suite. */
    public Replay() {
        this(Table.FORWARDING);
    }

    /**
     * Connects all five switches.
     *
     * @param table the table for rules
     */
    public Replay(Table table) {
        this.table = table;
        this.ledger = new NetworkLedger(Sample.ID, SETTLING, layout());
        for (char node : "abcde".toCharArray()) {
            say(node, Switch.State.CONNECTED, null);
        }
    }

    // ---- outside events

    /** Stops the service until it is restarted; it reads decisions from in between then. */
    public Replay down() {
        down = true;
        return this;
    }

    public Replay decide(Sample.Decision next) {
        Said<PathDecision> said = new Said<>(next.made(), ++offset, now);
        decision = said;
        if (down) {
            return this;
        }
        ledger.decided(said.record(), said.at());
        return act();
    }

    public Replay deleteDecision() {
        decision = null;
        ledger.decisionDeleted();
        return act();
    }

    /** Adds or removes the meter for all best effort that leaves a node toward another. */
    public Replay meter(char node, char toward, boolean there) {
        hearOfMeter(node, toward, there);
        return act();
    }

    /** Does the same without acting on it yet. */
    public void hearOfMeter(char node, char toward, boolean there) {
        SwitchPort port = new SwitchPort(Sample.dpid(node), Sample.toward(toward));
        if (there ? metered.add(port) : metered.remove(port)) {
            ledger.meterChanged(port);
        }
    }

    public boolean isMetered(char node, char toward) {
        return metered.contains(new SwitchPort(Sample.dpid(node), Sample.toward(toward)));
    }

    /** Returns the circuit as its switches finally have to hold it. */
    public Map<DatapathId, SwitchRules> compiled(Circuit circuit) {
        return Compiled.rules(circuit, layout());
    }

    private Layout layout() {
        return new Layout(table, metered::contains);
    }

    public void say(char node, Switch.State state, @Nullable String reason) {
        say(new Switch(Sample.dpid(node), 1, state, reason, "gateway-1", null, "1.4", null, true, now));
        act();
    }

    /** Sets the time since which a switch is silent; null: it is heard again. */
    public void silent(char node, @Nullable Instant since) {
        switches.silent(Sample.dpid(node), since);
        act();
    }

    /** Sets the absence of a switch's gateway; null: it is back. */
    public void gatewayAway(char node, @Nullable Absence absence) {
        switches.gatewayAway(Sample.dpid(node), absence);
        act();
    }

    private void say(Switch state) {
        Said<Switch> said = new Said<>(state, ++offset, now);
        switchStates.put(state.id(), said);
        switches.heard(said.record(), said.offset(), said.at());
    }

    /** Confirms the rule set that was applied. */
    public void confirm(DatapathId datapathId) {
        RuleSet set = Objects.requireNonNull(applied.get(datapathId));
        report(RuleState.applied(Sample.ID, datapathId, 1, set.revision()));
    }

    /** Reports a foreign rule above the rules that were applied. */
    public void shadow(char node, @Nullable Shadow shadow) {
        DatapathId datapathId = Sample.dpid(node);
        RuleSet set = Objects.requireNonNull(applied.get(datapathId));
        report(RuleState.applied(Sample.ID, datapathId, 1, set.revision(), shadow));
    }

    /** Applies and confirms everything written until now. */
    public Replay applyAll() {
        Set<DatapathId> news = pending();
        news.forEach(this::apply);
        List.copyOf(applied.values()).forEach(set -> {
            Said<RuleState> last = ruleStates.get(set.datapathId());
            if (last == null
                    || news.contains(set.datapathId())
                    || !last.record().revision().equals(set.revision())) {
                confirm(set.datapathId());
            }
        });
        return this;
    }

    /** Reports a failure as before reasons had their own field. */
    public void fail(char node, @Nullable String error) {
        fail(node, error, null);
    }

    public void fail(char node, @Nullable String error, @Nullable Shadow shadow) {
        RuleSet set = Objects.requireNonNull(wanted.get(Sample.dpid(node)));
        report(new RuleState(Sample.ID, Sample.dpid(node), 1, set.revision(), false, error, shadow, null, null));
    }

    /** Reports the reason why a switch does not have its last rule set. */
    public void fail(char node, RuleStateReason reason, String message) {
        RuleSet set = Objects.requireNonNull(wanted.get(Sample.dpid(node)));
        report(RuleState.failed(Sample.ID, Sample.dpid(node), 1, set.revision(), reason, message, null));
    }

    public void report(RuleState state) {
        Said<RuleState> said = new Said<>(state, ++offset, now);
        ruleStates.put(state.datapathId(), said);
        ledger.heard(state, said.offset(), said.at());
        boolean waiting = statusLedger.isPatient(now) && ledger.isUnderWay();
        int before = written.size() + deleted.size() + statuses.size();
        act();
        if (waiting) {
            passedOver++;
            assertThat(written.size() + deleted.size() + statuses.size())
                    .as("result of a report that counts as skippable")
                    .isEqualTo(before);
        }
    }

    /** Returns the number of switches' reports that could be skipped. */
    public int passedOver() {
        return passedOver;
    }

    /** Reads another owner's record that replaces ours. */
    public boolean intrude(RuleSet foreign) {
        wanted.put(foreign.datapathId(), foreign);
        boolean noticed = ledger.read(foreign.datapathId(), foreign);
        act();
        return noticed;
    }

    public Replay pass(Duration time) {
        now = now.plus(time);
        return act();
    }

    /** Lets time pass and confirms everything until nothing more follows. */
    public Replay settle() {
        for (int i = 0; i < 10; i++) {
            applyAll();
            pass(SETTLING);
        }
        return this;
    }

    /** Kills the service; another instance loads the log and uses a table for rules. */
    public Replay restart(Table next) {
        table = next;
        return restart();
    }

    /** Kills the service; another instance loads the log. */
    public Replay restart() {
        down = false;
        ledger = new NetworkLedger(Sample.ID, SETTLING, layout());
        switches = new Switches();
        statusLedger = new StatusLedger(new StatusComposer(switches));
        switchStates.values().forEach(said -> switches.heard(said.record(), said.offset(), said.at()));
        wanted.forEach(ledger::read);
        ruleStates.values().forEach(said -> ledger.heard(said.record(), said.offset(), said.at()));
        if (decision != null) {
            ledger.decided(decision.record(), decision.at());
        }
        statusLedger.read(status);
        ledger.loaded();
        statusLedger.loaded();
        return act();
    }

    /** Acts, and reads back what was written. */
    public Replay act() {
        RuleSetChanges turn = ledger.advance(now, switches::isConnected);
        for (RuleSet set : turn.sets()) {
            written.add(set);
            wanted.put(set.datapathId(), set);
            ledger.read(set.datapathId(), set);
        }
        for (DatapathId datapathId : turn.tombstones()) {
            deleted.add(datapathId);
            wanted.remove(datapathId);
            ledger.read(datapathId, null);
        }
        switch (statusLedger.advance(ledger, now)) {
            case StatusLedger.News.None none -> {}
            case StatusLedger.News.Deleted gone -> {
                status = null;
                statusLedger.read(null);
            }
            case StatusLedger.News.ToWrite news -> {
                status = news.status();
                statuses.add(news.status());
                statusLedger.read(news.status());
            }
        }
        return this;
    }

    // ---- results

    /** Returns the time at which something follows even without events. */
    public @Nullable Instant statusDueAt() {
        return statusLedger.wakeAt();
    }

    public Instant now() {
        return now;
    }

    public NetworkLedger ledger() {
        return ledger;
    }

    public boolean hasStatus() {
        return status != null;
    }

    public NetworkStatus status() {
        return Objects.requireNonNull(status, "no status");
    }

    public Condition condition(Condition.Type type) {
        return status().condition(type).orElseThrow(() -> new AssertionError(type + " is not in " + status()));
    }

    public void dropWritten() {
        written.clear();
        statuses.clear();
        deleted.clear();
    }
}
