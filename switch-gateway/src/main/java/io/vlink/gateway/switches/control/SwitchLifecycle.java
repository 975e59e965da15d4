package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.ports.SwitchPorts;
import io.vlink.gateway.switches.possession.Decision;
import io.vlink.gateway.switches.possession.Marking;
import io.vlink.gateway.switches.sync.RuleSync;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of one owned switch across connections, driven by its events, by its OVSDB and by time.
 *
 * <pre>
 *   Absent ──Connected──► Asking ──MasterGranted──► Checking ──safe, or unchecked────────► Serving
 *                          ▲  │                        └────unsafe──► Refused ◄──unsafe───────┤
 *                          │ MasterElsewhere                             └───repaired───────►─┘
 *                          │                                             Serving ──another suite's marker──► LeftAlone
 *                          └─ Confirming (ownership) ◄──MasterElsewhere── any
 * </pre>
 */
final class SwitchLifecycle {

    /** The stage of the switch. */
    private enum Stage {
        ABSENT,
        ASKING,
        CONFIRMING,
        CHECKING,
        SERVING,
        REFUSED,
        /** The switch belongs to another suite, or Kafka's data has changed: nothing in it is touched. */
        LEFT_ALONE
    }

    private final DatapathId id;
    private final SwitchSettings settings;
    private final Mastership mastership;
    private final SwitchPorts ports;
    private final SwitchReport report;
    private final Marking marking;
    private final Provisioning provisioning;
    private final PresentConnection connection = new PresentConnection();
    private final BridgeFollowing bridge;
    private final Rivals rivals;
    private Stage stage = Stage.ABSENT;
    private boolean checked;
    private @Nullable String refusal;
    private @Nullable Instant absentUntil;

    SwitchLifecycle(
            DatapathId id,
            SwitchSettings settings,
            Mastership mastership,
            SwitchPorts ports,
            SwitchReport report,
            RuleSync rules,
            Marking marking) {
        this.id = id;
        this.settings = settings;
        this.mastership = mastership;
        this.ports = ports;
        this.report = report;
        this.marking = marking;
        this.provisioning = new Provisioning(id, settings, mastership, connection, rules, marking, report::warnSince);
        this.bridge = new BridgeFollowing(id, ports, report::warn, report::warnSince);
        this.rivals = new Rivals(id, report::warn);
    }

    // ---- records

    boolean isAbsent() {
        return stage == Stage.ABSENT;
    }

    /** Stops waiting for the switch, which may have been connected when this gateway became its owner. */
    void expectsNoConnection() {
        absentUntil = null;
    }

    /**
     * Returns when the switch at the other side of a port was last heard there by BFD or CFM; null if it is not heard
     * now.
     */
    @Nullable Instant heardOn(PortNumber port) {
        return stage == Stage.SERVING && ports.hears(port) ? connection.heardAt() : null;
    }

    /** Updates the marker before another gateway takes over the switch. */
    void leave(SwitchEffects effects) {
        if (stage == Stage.SERVING) {
            provisioning.leave(effects);
        }
    }

    /** Applies an operator's decision. Returns whether the switch was left alone until now. */
    boolean decide(Decision decision, SwitchEffects effects, Instant now) {
        if (stage != Stage.LEFT_ALONE) {
            return false;
        }
        marking.decide(decision);
        effects.note(id, "is taken over by an operator's decision: " + decision);
        accept(checked, effects, now);
        return true;
    }

    /** Sets the recorded address of the switch's OVSDB; null if there is none. */
    void ovsdb(@Nullable String address, SwitchEffects effects, Instant now) {
        if (bridge.moves(address, effects) && isMastered()) {
            check(effects, now);
        }
    }

    // ---- events

    void on(SwitchEvent event, SwitchEffects effects, Instant now) {
        switch (event) {
            case SwitchEvent.ConnectionEvent on -> onConnection(on, effects, now);
            case SwitchEvent.BridgeRead read -> onBridge(read, effects, now);
            case SwitchEvent.Rivalled rivalled -> rivals.on(rivalled, effects, now);
            case SwitchEvent.SeenElsewhere seen -> rivals.on(seen, connection.from(), ports.seen(), effects, now);
            case SwitchEvent.BridgeUnknown unknown -> {
                bridge.unknown(unknown.reason(), effects, now);
                publishPorts(effects);
                if (stage == Stage.CHECKING) {
                    effects.note(id, "is accepted unchecked: " + unknown.reason());
                    accept(false, effects, now);
                }
            }
            case SwitchEvent.TunnelsKept kept -> bridge.kept(kept, effects);
        }
    }

    /** Returns why the switch lacks the tunnel that a link needs; absent if it does not. */
    Optional<String> tunnelProblem(ResourceId link) {
        return bridge.tunnelProblem(link);
    }

    private void onConnection(SwitchEvent.ConnectionEvent event, SwitchEffects effects, Instant now) {
        if (event instanceof SwitchEvent.Connected connected) {
            connected(connected, effects, now);
            return;
        }
        if (!connection.hears(event, now)) {
            return;
        }
        switch (event) {
            case SwitchEvent.Connected connected -> throw new IllegalStateException("The connection was handled.");
            case SwitchEvent.Disconnected gone -> disconnected(gone.reason(), effects, now);
            case SwitchEvent.PortSeen seen -> {
                ports.seen(seen.port(), now);
                publishPort(seen.port().number(), effects);
            }
            case SwitchEvent.PortRemoved removed -> {
                ports.removed(removed.port());
                publishPort(removed.port(), effects);
            }
            case SwitchEvent.MasterGranted granted -> {
                if (stage == Stage.ASKING) {
                    stage = Stage.CHECKING;
                    check(effects, now);
                }
            }
            case SwitchEvent.MasterElsewhere elsewhere -> {
                provisioning.stop();
                stage = Stage.CONFIRMING;
                mastership.isElsewhere(elsewhere.generation(), effects, now);
            }
            case SwitchEvent.ContentsRead read -> read(read, effects, now);
            case SwitchEvent.BatchDone done -> provisioning.on(done, effects);
            case SwitchEvent.ForeignRead read -> provisioning.on(read, effects, now);
        }
    }

    private void read(SwitchEvent.ContentsRead read, SwitchEffects effects, Instant now) {
        if (stage != Stage.SERVING) {
            provisioning.seen(read, effects);
            return;
        }
        String doubt = provisioning.take(read, effects);
        if (doubt != null) {
            stage = Stage.LEFT_ALONE;
            publish(Switch.State.REFUSED, doubt, effects, now);
        }
    }

    private void connected(SwitchEvent.Connected event, SwitchEffects effects, Instant now) {
        if (!connection.begins(event, now)) {
            return;
        }
        provisioning.stop();
        bridge.drop(effects);
        checked = false;
        absentUntil = null;
        ports.seen(event.ports(), now);
        ask(effects);
    }

    private void ask(SwitchEffects effects) {
        stage = Stage.ASKING;
        mastership.ask(connection.number(), effects);
    }

    private void disconnected(String reason, SwitchEffects effects, Instant now) {
        provisioning.stop();
        bridge.end(effects);
        stage = Stage.ABSENT;
        checked = false;
        publish(Switch.State.DISCONNECTED, reason, effects, now);
        effects.doubt(id, null);
        connection.end();
    }

    private void check(SwitchEffects effects, Instant now) {
        if (bridge.begin(effects)) {
            publishPorts(effects);
        } else {
            ports.publish(mastership.epoch(), effects);
            accept(false, effects, now);
        }
    }

    private void onBridge(SwitchEvent.BridgeRead read, SwitchEffects effects, Instant now) {
        if (!isMastered() || !bridge.isWatching()) {
            return;
        }
        if (bridge.read(read, stage == Stage.SERVING ? null : connection.from(), effects, now)) {
            marking.renew();
        }
        publishPorts(effects);
        String violation = bridge.isImpostor()
                ? Rivals.IMPOSTOR
                : read.settings().violation().orElse(null);
        if (violation == null) {
            checked = true;
            if (stage != Stage.LEFT_ALONE) {
                accept(true, effects, now);
            }
        } else if (stage != Stage.REFUSED || !violation.equals(refusal)) {
            refuse(violation, effects, now);
        }
    }

    private void refuse(String violation, SwitchEffects effects, Instant now) {
        stage = Stage.REFUSED;
        refusal = violation;
        checked = false;
        provisioning.refuse("%s (since %s)".formatted(violation, now), bridge.isImpostor(), now);
        publish(Switch.State.REFUSED, violation, effects, now);
        effects.note(id, "is refused: " + violation);
    }

    private void accept(boolean safe, SwitchEffects effects, Instant now) {
        checked = safe;
        if (stage != Stage.SERVING) {
            if (stage == Stage.REFUSED) {
                effects.note(id, "is accepted again");
            }
            stage = Stage.SERVING;
            refusal = null;
            provisioning.start(effects, now);
        }
        publish(Switch.State.CONNECTED, null, effects, now);
    }

    private void publishPorts(SwitchEffects effects) {
        if (mayPublishPorts()) {
            ports.publish(mastership.epoch(), effects);
        }
    }

    private void publishPort(PortNumber number, SwitchEffects effects) {
        if (mayPublishPorts()) {
            ports.publish(number, mastership.epoch(), effects);
        }
    }

    /** Returns whether the present ports of the switch may be published. */
    boolean mayPublishPorts() {
        return isMastered() && !bridge.isImpostor() && (stage != Stage.CHECKING || bridge.hasTold());
    }

    /** Returns whether this gateway is the switch's master. */
    private boolean isMastered() {
        return switch (stage) {
            case ABSENT, ASKING, CONFIRMING -> false;
            case CHECKING, SERVING, REFUSED, LEFT_ALONE -> true;
        };
    }

    private void publish(Switch.State state, @Nullable String reason, SwitchEffects effects, Instant now) {
        Instant heardLast =
                state == Switch.State.DISCONNECTED && connection.from() != null ? connection.heardAt() : null;
        report.publish(state, reason, connection.from(), checked, heardLast, effects, now);
    }

    // ---- time

    /** Acts on all events so far and on time. Returns when to call again at the latest. */
    @Nullable Instant act(SwitchEffects effects, Instant now) {
        Instant next = null;
        switch (stage) {
            case ABSENT -> next = expectConnection(effects, now);
            case ASKING, CHECKING -> {}
            case REFUSED, LEFT_ALONE -> next = bridge.isImpostor() ? null : provisioning.lookForForeign(effects, now);
            case CONFIRMING -> next = confirm(effects, now);
            case SERVING -> next = provisioning.tend(effects, now);
        }
        next = SwitchControl.earlier(next, provisioning.decide(effects, now));
        next = SwitchControl.earlier(next, rivals.drop(effects, now));
        return mayPublishPorts() ? SwitchControl.earlier(next, ports.settle(mastership.epoch(), effects, now)) : next;
    }

    private @Nullable Instant expectConnection(SwitchEffects effects, Instant now) {
        if (!report.saysPresent()) {
            return null;
        }
        if (absentUntil == null) {
            absentUntil = now.plus(settings.grace());
        }
        if (now.isBefore(absentUntil)) {
            return absentUntil;
        }
        publish(Switch.State.DISCONNECTED, "It is not connected to the gateway that owns it.", effects, now);
        return null;
    }

    private @Nullable Instant confirm(SwitchEffects effects, Instant now) {
        Instant next = mastership.confirm(now);
        if (next == null) {
            ask(effects);
        }
        return next;
    }
}
