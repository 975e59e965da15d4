package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.WarningReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything about one switch of ours: who is its master, whether it is safe, what is reported of it, what is sent
 * to it.
 *
 * <pre>
 *   Absent ──Connected──► Asking ──MasterGranted──► Checking ──safe, or cannot be asked──► Serving
 *                          ▲  │                        └────unsafe──► Refused ◄──unsafe───────┤
 *                          │ MasterElsewhere                             └───mended─────────►─┘
 *                          │                                             Serving ──not ours by its marker──► LeftAlone
 *                          └─ Confirming (we still own it) ◄──MasterElsewhere── any
 * </pre>
 */
public final class SwitchControl {

    /** Where the switch stands with us. */
    private enum Stage {
        ABSENT,
        ASKING,
        CONFIRMING,
        CHECKING,
        SERVING,
        REFUSED,
        /** It is another suite's, or Kafka's data is not what it was: nothing is touched. */
        LEFT_ALONE
    }

    private final DatapathId id;
    private final SwitchSettings settings;
    private final SwitchPorts ports;
    private final RuleSync rules;
    private final SwitchReport report;
    private final Marking marking;
    private final OwnershipProof proof = new OwnershipProof();
    private Stage stage = Stage.ABSENT;
    private long epoch;
    private SwitchEvent.@Nullable Connected connection;
    private final BridgeFollowing bridge;
    private final Rivals rivals = new Rivals();
    private boolean checked;
    private @Nullable String refusal;
    private @Nullable Instant absentUntil;
    private Map<ResourceId, String> tunnelProblems = Map.of();
    private Instant nextPoll = Instant.MIN;
    private Instant nextRetry = Instant.MIN;
    private final ForeignWatch foreign;
    /** When the switch last said anything on its present connection. */
    private @Nullable Instant heardAt;

    public SwitchControl(DatapathId id, long epoch, SwitchSettings settings) {
        this.id = id;
        this.epoch = epoch;
        this.settings = settings;
        this.foreign = new ForeignWatch(settings.foreignEvery());
        this.ports = new SwitchPorts(id);
        this.bridge = new BridgeFollowing(id, ports, this::warn, this::warnSince);
        this.rules = new RuleSync(id);
        this.marking = new Marking(id);
        this.report = new SwitchReport(id, settings.gateway());
    }

    /** The mastership under which we speak of this switch. */
    public long epoch() {
        return epoch;
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
        return stage == Stage.SERVING && ports.hears(port) ? heardAt : rules.heardOn(port);
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
        return stage == Stage.ABSENT && report.isEmpty() && ports.isEmpty() && rules.isEmpty();
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
        return stage == Stage.ABSENT ? report.goneSince() : null;
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
        if (stage == Stage.ABSENT) {
            report.loaded(state);
        }
    }

    public void loaded(Port port) {
        if (stage == Stage.ABSENT) {
            ports.loaded(port);
        }
    }

    public void loadedPortTombstone(PortNumber number) {
        if (stage == Stage.ABSENT) {
            ports.loadedTombstone(number);
        }
    }

    /**
     * Somebody had the record of this switch deleted. Where the switch is gone that is the last of it: what is still to be
     * removed from it counts as removed. Where it is here, its record is written again.
     */
    public void forgotten(Effects effects) {
        if (stage == Stage.ABSENT) {
            report.loaded(null);
            absentUntil = null;
            rules.switchIsGone(epoch, effects);
        } else {
            report.again(effects);
        }
    }

    /** The same for one of its ports. */
    public void forgottenPort(PortNumber number, Effects effects) {
        loadedPortTombstone(number);
        if (mayPublishPorts()) {
            ports.loadedTombstone(number);
            ports.publish(number, epoch, effects);
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
        if (stage == Stage.SERVING && connection != null) {
            marking.flush(connection.connection(), effects);
        }
    }

    /** An operator decided what becomes of the switch; returns whether it was left alone until now. */
    public boolean decide(Decision decision, Effects effects, Instant now) {
        if (stage != Stage.LEFT_ALONE) {
            return false;
        }
        marking.decide(decision);
        effects.note(id, "is taken, as an operator decided: " + decision);
        accept(checked, effects, now);
        return true;
    }

    public void put(RuleSet set) {
        rules.put(set);
    }

    public void forget(Owner owner) {
        rules.forget(owner);
    }

    /** The mastership must be above all that was ever written of this switch: the group's generation may start anew. */
    public void raiseEpoch(long atLeast) {
        epoch = Math.max(epoch, atLeast);
    }

    /** Where the switch's OVSDB listens, as recorded; absent: nowhere. */
    public void ovsdb(@Nullable String address, Effects effects, Instant now) {
        if (!bridge.moves(address, effects)) {
            return;
        }
        tunnelProblems = Map.of();
        if (stage == Stage.SERVING || stage == Stage.REFUSED || stage == Stage.CHECKING || stage == Stage.LEFT_ALONE) {
            check(effects, now);
        }
    }

    // ---- what the switch says

    public void on(SwitchEvent event, Effects effects, Instant now) {
        switch (event) {
            case SwitchEvent.OnConnection on -> onConnection(on, effects, now);
            case SwitchEvent.BridgeRead read -> onBridge(read, effects, now);
            case SwitchEvent.Rivalled rivalled -> {
                if (rivals.seen(rivalled.address(), null, now)) {
                    warn(WarningReason.DuplicateDatapathId, rivals.messages(), effects);
                }
            }
            case SwitchEvent.SeenElsewhere seen -> {
                boolean other = connection != null && Rivals.isAnother(seen, connection.address(), ports.seen());
                if (other && rivals.seen(seen.address(), seen.gateway(), now)) {
                    effects.note(id, "has a double at gateway %s, from %s".formatted(seen.gateway(), seen.address()));
                    warn(WarningReason.DuplicateDatapathId, rivals.messages(), effects);
                }
            }
            case SwitchEvent.BridgeUnknown unknown -> {
                bridge.unknown(unknown.reason(), effects, now);
                publishPorts(effects);
                if (stage == Stage.CHECKING) {
                    effects.note(id, "is accepted unchecked: " + unknown.reason());
                    accept(false, effects, now);
                }
            }
            case SwitchEvent.TunnelsKept kept -> {
                if (!kept.problems().equals(tunnelProblems)) {
                    tunnelProblems = kept.problems();
                    tunnelProblems.forEach((link, why) -> effects.note(id, "lacks the tunnel of " + link + ": " + why));
                }
            }
        }
    }

    /** Why the switch lacks the tunnel that a link needs, if it does. */
    public Optional<String> tunnelProblem(ResourceId link) {
        return Optional.ofNullable(tunnelProblems.get(link));
    }

    private void onConnection(SwitchEvent.OnConnection event, Effects effects, Instant now) {
        if (event instanceof SwitchEvent.Connected connected) {
            connected(connected, effects, now);
            return;
        }
        if (connection == null || connection.connection() != event.connection()) {
            return;
        }
        if (!(event instanceof SwitchEvent.Disconnected)) {
            heardAt = now;
        }
        switch (event) {
            case SwitchEvent.Connected connected -> throw new IllegalStateException("The connection was handled.");
            case SwitchEvent.Disconnected gone -> disconnected(gone.reason(), effects, now);
            case SwitchEvent.PortSeen seen -> {
                ports.seen(seen.port(), now);
                publishPort(seen.port().number(), effects);
            }
            case SwitchEvent.PortGone gone -> {
                ports.gone(gone.port());
                publishPort(gone.port(), effects);
            }
            case SwitchEvent.MasterGranted granted -> {
                if (stage == Stage.ASKING) {
                    stage = Stage.CHECKING;
                    check(effects, now);
                }
            }
            case SwitchEvent.MasterElsewhere elsewhere -> {
                rules.stop();
                stage = Stage.CONFIRMING;
                proof.begin(elsewhere.generation(), now);
                effects.note(
                        id,
                        "has another master with generation %d; asked again once it is sure that we own it"
                                .formatted(elsewhere.generation()));
            }
            case SwitchEvent.ContentsRead read -> read(read, effects, now);
            case SwitchEvent.BatchDone done -> rules.on(done, effects);
            case SwitchEvent.ForeignRead read -> {
                foreign.answered();
                rules.on(read, effects, now);
            }
        }
    }

    private void read(SwitchEvent.ContentsRead read, Effects effects, Instant now) {
        if (stage != Stage.SERVING || marking.isJudged()) {
            marking.seen(read.contents());
            rules.on(read, effects);
            return;
        }
        switch (marking.take(read.contents(), rules.wanted(), read.connection(), effects)) {
            case Possession.Ours ours -> {
                effects.doubt(id, null);
                rules.on(read, effects);
            }
            case Possession.Cleared cleared -> {
                effects.doubt(id, null);
                rules.start(read.connection(), epoch, effects);
            }
            case Possession.Doubtful(String reason) -> {
                stage = Stage.LEFT_ALONE;
                effects.doubt(id, reason);
                effects.note(id, "is left alone: " + reason);
                rules.refuse(reason, epoch);
                publish(Switch.State.REFUSED, reason, effects, now);
            }
        }
    }

    private void connected(SwitchEvent.Connected event, Effects effects, Instant now) {
        if (connection != null && connection.connection() >= event.connection()) {
            return;
        }
        rules.stop();
        bridge.forget(effects);
        checked = false;
        connection = event;
        heardAt = now;
        absentUntil = null;
        ports.seen(event.ports(), now);
        ask(event.connection(), effects);
    }

    private void ask(long number, Effects effects) {
        stage = Stage.ASKING;
        effects.command(new SwitchCommand.AskMaster(id, number, epoch));
    }

    private void disconnected(String reason, Effects effects, Instant now) {
        rules.stop();
        bridge.end(effects);
        stage = Stage.ABSENT;
        checked = false;
        publish(Switch.State.DISCONNECTED, reason, effects, now);
        effects.doubt(id, null);
        connection = null;
    }

    private void check(Effects effects, Instant now) {
        if (bridge.begin(effects)) {
            publishPorts(effects);
        } else {
            ports.publish(epoch, effects);
            accept(false, effects, now);
        }
    }

    private void onBridge(SwitchEvent.BridgeRead read, Effects effects, Instant now) {
        if (connection == null || !bridge.isWatching() || stage == Stage.ASKING || stage == Stage.CONFIRMING) {
            return;
        }
        if (bridge.read(read, stage == Stage.SERVING ? null : connection, effects, now)) {
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
            stage = Stage.REFUSED;
            refusal = violation;
            checked = false;
            foreign.begin(now);
            if (bridge.isImpostor()) { // nothing is learned of the right one from it
                rules.looked();
            } else {
                rules.awaitForeigners();
            }
            rules.refuse("%s (since %s)".formatted(violation, now), epoch);
            publish(Switch.State.REFUSED, violation, effects, now);
            effects.note(id, "is refused: " + violation);
        }
    }

    private void accept(boolean safe, Effects effects, Instant now) {
        if (connection == null) {
            return;
        }
        checked = safe;
        if (stage != Stage.SERVING) {
            if (stage == Stage.REFUSED) {
                effects.note(id, "is accepted again");
            }
            stage = Stage.SERVING;
            refusal = null;
            nextPoll = now.plus(settings.firstPoll(id));
            nextRetry = now.plus(settings.retryEvery());
            foreign.begin(now);
            rules.awaitForeigners();
            marking.forget();
            rules.start(connection.connection(), epoch, effects);
        }
        publish(Switch.State.CONNECTED, null, effects, now);
    }

    private void publishPorts(Effects effects) {
        if (mayPublishPorts()) {
            ports.publish(epoch, effects);
        }
    }

    private void publishPort(PortNumber number, Effects effects) {
        if (mayPublishPorts()) {
            ports.publish(number, epoch, effects);
        }
    }

    private boolean mayPublishPorts() {
        return !bridge.isImpostor()
                && (stage == Stage.SERVING
                        || stage == Stage.REFUSED
                        || stage == Stage.LEFT_ALONE
                        || (stage == Stage.CHECKING && bridge.hasTold()));
    }

    private void publish(Switch.State state, @Nullable String reason, Effects effects, Instant now) {
        Instant heardLast = state == Switch.State.DISCONNECTED && connection != null ? heardAt : null;
        report.publish(state, reason, epoch, connection, checked, heardLast, effects, now);
    }

    /** Warns of the switch for a reason, in messages that say since when, or, with no messages, no more. */
    void warn(WarningReason reason, List<String> messages, Effects effects) {
        report.warn(reason, messages, epoch, effects);
    }

    /** The same of what is so since a moment, as far as it was not told before. */
    void warnSince(WarningReason reason, List<String> messages, Effects effects, Instant since) {
        report.warnSince(reason, messages, since, epoch, effects);
    }

    // ---- what time brings

    /** Does what follows from all that came in, and from time; returns when to be called again at the latest. */
    public @Nullable Instant act(Effects effects, Instant now) {
        Instant next = null;
        switch (stage) {
            case ABSENT -> next = expectConnection(effects, now);
            case ASKING, CHECKING -> {}
            case REFUSED, LEFT_ALONE -> next = bridge.isImpostor() ? null : lookForForeign(effects, now);
            case CONFIRMING -> next = confirm(effects, now);
            case SERVING -> next = earlier(mark(effects, now), earlier(poll(now), lookForForeign(effects, now)));
        }
        next = earlier(next, rules.decide(effects, now));
        if (foreign.isNews(rules.shadowed())) {
            Instant since = rules.shadowedSince();
            warnSince(WarningReason.ForeignRules, foreign.news(rules.shadowed()), effects, since == null ? now : since);
        }
        if (rivals.forget(now)) {
            warn(WarningReason.DuplicateDatapathId, rivals.messages(), effects);
        }
        next = rivals.earlier(next);
        return mayPublishPorts() ? earlier(next, ports.settle(epoch, effects, now)) : next;
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private @Nullable Instant expectConnection(Effects effects, Instant now) {
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

    private @Nullable Instant confirm(Effects effects, Instant now) {
        if (!proof.isDone(now)) {
            return proof.next();
        }
        if (connection != null) {
            raiseEpoch(proof.generation() + 1);
            ask(connection.connection(), effects);
        }
        return null;
    }

    private Instant lookForForeign(Effects effects, Instant now) {
        if (connection != null && foreign.asks(now)) {
            effects.command(new SwitchCommand.ReadForeign(id, connection.connection()));
        }
        if (foreign.givesUp(now)) {
            rules.looked();
        }
        return foreign.next();
    }

    private @Nullable Instant mark(Effects effects, Instant now) {
        return connection == null ? null : marking.act(connection.connection(), effects, now);
    }

    private Instant poll(Instant now) {
        if (!nextRetry.isAfter(now)) {
            nextRetry = now.plus(settings.retryEvery());
            rules.retry();
        }
        if (!nextPoll.isAfter(now)) {
            nextPoll = now.plus(settings.pollEvery());
            rules.poll();
        }
        return nextPoll;
    }
}
