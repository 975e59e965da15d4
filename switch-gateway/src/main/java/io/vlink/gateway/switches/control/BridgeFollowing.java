package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.switches.WarningReason;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.ports.SwitchPorts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Monitors the bridge of one switch through its recorded OVSDB: the address, whether it answers or the time since which
 * it has not, and the bridge's tunnels.
 */
final class BridgeFollowing {

    /** Takes the warnings for a reason; no messages clear it. */
    interface Warnings {
        void warn(WarningReason reason, List<String> messages, SwitchEffects effects);
    }

    /** Takes warnings together with the time of the first observation. */
    interface LastingWarnings {
        void warn(WarningReason reason, List<String> messages, SwitchEffects effects, Instant since);
    }

    private final DatapathId id;
    private final SwitchPorts ports;
    private final Warnings warnings;
    private final LastingWarnings lasting;
    private @Nullable String ovsdb;
    private boolean watching;
    /** The time since which OVSDB has been unavailable; null if it answers or is not asked. */
    private @Nullable Instant unknownSince;

    /** The mirrors last reported. */
    private List<String> mirrors = List.of();
    /** Whether OVSDB, since it was asked, has answered or was found unavailable. */
    private boolean told;
    /** Whether OVSDB shows that the connected switch is not the recorded one. */
    private boolean impostor;

    private Map<ResourceId, String> tunnelProblems = Map.of();

    BridgeFollowing(DatapathId id, SwitchPorts ports, Warnings warnings, LastingWarnings lasting) {
        this.id = id;
        this.ports = ports;
        this.warnings = warnings;
        this.lasting = lasting;
    }

    /**
     * Sets the recorded address of the switch's OVSDB; null if there is none. Returns whether it changed; the earlier
     * one is then no longer queried.
     */
    boolean moves(@Nullable String address, SwitchEffects effects) {
        if (Objects.equals(address, ovsdb)) {
            return false;
        }
        end(effects);
        ovsdb = address;
        tunnelProblems = Map.of();
        return true;
    }

    /** Resets for another connection of the switch. */
    void drop(SwitchEffects effects) {
        end(effects);
        impostor = false;
    }

    /** Begins to ask. Returns whether there is an OVSDB to ask. */
    boolean begin(SwitchEffects effects) {
        if (ovsdb == null) {
            return false;
        }
        watching = true;
        told = false;
        ports.awaitSizes();
        effects.command(new SwitchCommand.WatchBridge(id, ovsdb));
        return true;
    }

    /** Stops asking. */
    void end(SwitchEffects effects) {
        if (watching) {
            watching = false;
            unknownSince = null;
            warnings.warn(WarningReason.OVSDB_UNKNOWN, List.of(), effects);
            ports.sizes(null);
            effects.command(new SwitchCommand.UnwatchBridge(id));
        }
    }

    boolean isWatching() {
        return watching;
    }

    boolean hasTold() {
        return told;
    }

    boolean isImpostor() {
        return impostor;
    }

    /** Notes that OVSDB is unavailable. Sizes stay as last known. */
    void unknown(String reason, SwitchEffects effects, Instant now) {
        told = true;
        if (watching) {
            unknownSince = unknownSince == null ? now : unknownSince;
            warnings.warn(
                    WarningReason.OVSDB_UNKNOWN,
                    List.of(
                            "The node's OVSDB has been unavailable since %s, so the bridge's settings and the ports' MTUs may be out of date: %s"
                                    .formatted(unknownSince, reason)),
                    effects);
        }
        ports.sizes(null);
    }

    /**
     * Applies an answer. Returns whether the mirrors have changed.
     *
     * @param from the connection to check against it; null if it was checked already
     */
    boolean read(
            SwitchEvent.BridgeRead bridge, SwitchEvent.@Nullable Connected from, SwitchEffects effects, Instant now) {
        told = true;
        unknownSince = null;
        warnings.warn(WarningReason.OVSDB_UNKNOWN, List.of(), effects);
        impostor = from != null && isAnother(bridge.bridge(), from);
        ports.sizes(bridge.sizes());
        List<String> before = mirrors;
        mirrors = bridge.settings().mirrors();
        lasting.warn(WarningReason.MIRRORS, mirrors, effects, now);
        return !mirrors.equals(before);
    }

    /** Notes the state of the tunnels of the switch's node. */
    void kept(SwitchEvent.TunnelsKept kept, SwitchEffects effects) {
        if (!kept.problems().equals(tunnelProblems)) {
            tunnelProblems = kept.problems();
            tunnelProblems.forEach((link, why) -> effects.note(id, "lacks the tunnel of " + link + ": " + why));
        }
    }

    /** Returns why the switch lacks the tunnel that a link needs; absent if it does not. */
    Optional<String> tunnelProblem(ResourceId link) {
        return Optional.ofNullable(tunnelProblems.get(link));
    }

    private boolean isAnother(@Nullable RecordedBridge recorded, SwitchEvent.Connected from) {
        return recorded != null
                && recorded.contradicts(new RecordedBridge.Claimant(Rivals.host(from.address()), ports.seen()));
    }
}
