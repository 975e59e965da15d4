package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.events.switches.WarningReason;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports one switch as a whole, under this gateway's current mastership. Nothing is reported twice. */
final class SwitchReport {

    private final DatapathId id;
    private final String gateway;
    private final Mastership mastership;
    /** The present warnings, by reason. */
    private final Map<WarningReason, List<SwitchWarning>> warnings = new EnumMap<>(WarningReason.class);

    /** Warnings loaded from the topic for reasons that were not checked here since. */
    private final List<SwitchWarning> inherited = new ArrayList<>();

    private @Nullable Switch published;

    SwitchReport(DatapathId id, String gateway, Mastership mastership) {
        this.id = id;
        this.gateway = gateway;
        this.mastership = mastership;
    }

    /** Loads the record from the topic. */
    void loaded(@Nullable Switch state) {
        published = state;
        inherited.clear();
        inherited.addAll(state == null ? List.of() : state.allWarnings());
    }

    /** Repeats the last report, if there was one. */
    void again(SwitchEffects effects) {
        if (published != null) {
            effects.publish(published);
        }
    }

    /** Returns the time since which it has been reported as disconnected; null if it is not. */
    @Nullable Instant disconnectedSince() {
        Switch last = published;
        return last != null && last.state() == Switch.State.DISCONNECTED ? last.since() : null;
    }

    boolean isEmpty() {
        return published == null;
    }

    /** Returns whether it was last reported as connected or refused. */
    boolean saysPresent() {
        return published != null && published.state() != Switch.State.DISCONNECTED;
    }

    /**
     * Sets the warnings for a reason, for the operator. They are reported at once if the switch was reported before.
     *
     * @param reason the reason; all its earlier warnings are replaced
     * @param messages for people; empty clears the reason
     */
    void warn(WarningReason reason, List<String> messages, SwitchEffects effects) {
        warnOf(
                reason,
                messages.stream()
                        .map(message -> new SwitchWarning(reason, message))
                        .toList(),
                effects);
    }

    /**
     * Sets lasting warnings for a reason. Known warnings, including those of a previous owner, keep their time; new
     * ones get the given time.
     */
    void warnSince(WarningReason reason, List<String> messages, SwitchEffects effects, Instant since) {
        List<SwitchWarning> known = new ArrayList<>(warnings.getOrDefault(reason, List.of()));
        inherited.stream().filter(told -> told.is(reason)).forEach(known::add);
        warnOf(
                reason,
                messages.stream()
                        .map(message -> known.stream()
                                .filter(told ->
                                        told.since() != null && told.message().equals(inWords(message, told.since())))
                                .findFirst()
                                .orElseGet(() -> new SwitchWarning(reason.word(), inWords(message, since), since)))
                        .toList(),
                effects);
    }

    private static String inWords(String message, Instant since) {
        String bare = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return "%s (since %s).".formatted(bare, since.truncatedTo(ChronoUnit.SECONDS));
    }

    private void warnOf(WarningReason reason, List<SwitchWarning> now, SwitchEffects effects) {
        inherited.removeIf(told -> told.is(reason));
        if (now.isEmpty()) {
            warnings.remove(reason);
        } else {
            warnings.put(reason, now);
        }
        Switch before = published;
        if (before != null && !before.allWarnings().equals(allWarnings())) {
            published = new Switch(
                    id,
                    mastership.epoch(),
                    before.state(),
                    before.reason(),
                    gateway,
                    before.address(),
                    before.openflow(),
                    before.description(),
                    before.checked(),
                    before.since(),
                    allWarnings(),
                    before.heardAt());
            effects.publish(published);
        }
    }

    private List<SwitchWarning> allWarnings() {
        return warnings.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Reports the switch if its state has changed.
     *
     * @param from the present connection; absent: the last one's data stays
     * @param heardAt when a disconnected switch was last heard; absent: as reported before
     */
    void publish(
            Switch.State state,
            @Nullable String reason,
            SwitchEvent.@Nullable Connected from,
            boolean checked,
            @Nullable Instant heardAt,
            SwitchEffects effects,
            Instant now) {
        Switch before = published;
        Switch next = new Switch(
                id,
                mastership.epoch(),
                state,
                reason,
                gateway,
                from != null ? from.address() : before == null ? null : before.address(),
                from != null ? from.openflow() : before == null ? null : before.openflow(),
                from != null ? from.description() : before == null ? null : before.description(),
                checked,
                before != null && before.state() == state ? before.since() : now,
                allWarnings(),
                heardAt == null && before != null && before.state() == state ? before.heardAt() : heardAt);
        if (!next.equals(before)) {
            published = next;
            effects.publish(next);
        }
    }
}
