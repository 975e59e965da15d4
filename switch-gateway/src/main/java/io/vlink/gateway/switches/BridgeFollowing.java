package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.switches.WarningReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bridge of one switch, as its recorded OVSDB tells of it: who is asked, whether it answers, since when not; and its tunnels. */
final class BridgeFollowing {

    /** Takes what is to be warned of for a reason, or, with no messages, no more. */
    interface Warnings {
        void warn(WarningReason reason, List<String> messages, Effects effects);
    }

    /** The same of what was seen at a moment first. */
    interface LastingWarnings {
        void warn(WarningReason reason, List<String> messages, Effects effects, Instant since);
    }

    private final DatapathId id;
    private final SwitchPorts ports;
    private final Warnings warnings;
    private final LastingWarnings lasting;
    private @Nullable String ovsdb;
    private boolean watching;
    /** Since when OVSDB cannot be asked; null: it can, or it is not. */
    private @Nullable Instant unknownSince;

    /** What was said last of mirrors. */
    private List<String> mirrors = List.of();
    /** Whether OVSDB has answered since it was asked, if only that it cannot be. */
    private boolean told;
    /** Whether OVSDB says that another switch is meant than the one that is connected. */
    private boolean impostor;

    private Map<ResourceId, String> tunnelProblems = Map.of();

    BridgeFollowing(DatapathId id, SwitchPorts ports, Warnings warnings, LastingWarnings lasting) {
        this.id = id;
        this.ports = ports;
        this.warnings = warnings;
        this.lasting = lasting;
    }

    /** Where the switch's OVSDB listens, as recorded; null: nowhere. Returns whether that is news; then nobody is asked any more. */
    boolean moves(@Nullable String address, Effects effects) {
        if (Objects.equals(address, ovsdb)) {
            return false;
        }
        end(effects);
        ovsdb = address;
        tunnelProblems = Map.of();
        return true;
    }

    /** Another connection of the switch counts from now on. */
    void forget(Effects effects) {
        end(effects);
        impostor = false;
    }

    /** Begins to ask; returns whether there is anybody to ask. */
    boolean begin(Effects effects) {
        if (ovsdb == null) {
            return false;
        }
        watching = true;
        told = false;
        ports.awaitSizes();
        effects.command(new SwitchCommand.WatchBridge(id, ovsdb));
        return true;
    }

    /** Asks no more. */
    void end(Effects effects) {
        if (watching) {
            watching = false;
            unknownSince = null;
            warnings.warn(WarningReason.OvsdbUnknown, List.of(), effects);
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

    /** It cannot be asked now: sizes stay as last known. */
    void unknown(String reason, Effects effects, Instant now) {
        told = true;
        if (watching) {
            unknownSince = unknownSince == null ? now : unknownSince;
            warnings.warn(
                    WarningReason.OvsdbUnknown,
                    List.of(
                            "The node's OVSDB cannot be asked since %s, so that neither the bridge's settings nor sizes of ports are up to date: %s"
                                    .formatted(unknownSince, reason)),
                    effects);
        }
        ports.sizes(null);
    }

    /**
     * It answered. Returns whether frames are mirrored otherwise than it said before.
     *
     * @param from the connection that is judged by it; null: that was judged already
     */
    boolean read(SwitchEvent.BridgeRead bridge, SwitchEvent.@Nullable Connected from, Effects effects, Instant now) {
        told = true;
        unknownSince = null;
        warnings.warn(WarningReason.OvsdbUnknown, List.of(), effects);
        impostor = from != null && isAnother(bridge.bridge(), from);
        ports.sizes(bridge.sizes());
        List<String> before = mirrors;
        mirrors = bridge.settings().mirrors();
        lasting.warn(WarningReason.Mirrors, mirrors, effects, now);
        return !mirrors.equals(before);
    }

    /** What became of the tunnels of the switch's node. */
    void kept(SwitchEvent.TunnelsKept kept, Effects effects) {
        if (!kept.problems().equals(tunnelProblems)) {
            tunnelProblems = kept.problems();
            tunnelProblems.forEach((link, why) -> effects.note(id, "lacks the tunnel of " + link + ": " + why));
        }
    }

    /** Why the switch lacks the tunnel that a link needs, if it does. */
    Optional<String> tunnelProblem(ResourceId link) {
        return Optional.ofNullable(tunnelProblems.get(link));
    }

    private boolean isAnother(@Nullable RecordedBridge recorded, SwitchEvent.Connected from) {
        return recorded != null
                && recorded.contradicts(new RecordedBridge.Claimant(Rivals.host(from.address()), ports.seen()));
    }
}
