package io.vlink.networkapi.recorder;

import io.vlink.events.ResourceId;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.requests.Warning;
import io.vlink.networkapi.usage.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes nodes or links that circuits may use. Edits and withdrawals of one in use are granted with a warning. A
 * withdrawn one stays until nothing uses it.
 */
final class PendingRemovals<S> {

    private final GenerationLedger<ResourceId, S> ledger;
    private final String what;
    private final Function<ResourceId, Use> use;
    private final BiPredicate<S, S> sameWire;
    private final BiConsumer<ResourceId, S> erased;
    /** Withdrawn and not yet erased. */
    private final Set<ResourceId> pending = new LinkedHashSet<>();

    private boolean usageIsKnown;

    /**
     * Makes it for one ledger.
     *
     * @param what the kind of thing, in messages
     * @param use returns how much uses a thing now
     * @param sameWire whether two specifications mean the same wire
     * @param erased called for each thing that is erased
     */
    PendingRemovals(
            GenerationLedger<ResourceId, S> ledger,
            String what,
            Function<ResourceId, Use> use,
            BiPredicate<S, S> sameWire,
            BiConsumer<ResourceId, S> erased) {
        this.erased = erased;
        this.ledger = ledger;
        this.what = what;
        this.use = use;
        this.sameWire = sameWire;
    }

    Verdict declare(ResourceId id, S spec, @Nullable Long ifGeneration, @Nullable String requestedBy, Instant now) {
        GenerationLedger.Line<ResourceId, S> before = ledger.get(id);
        return switch (ledger.declare(id, spec, ifGeneration, requestedBy, now)) {
            case Verdict.Denied denied -> denied;
            case Verdict.Granted granted -> {
                pending.remove(id);
                boolean moved = granted.changed() && (before == null || !sameWire.test(before.spec(), spec));
                yield moved
                        ? granted.warning(warnings(
                                id,
                                "Networks are moved where possible. A network that cannot move stays on the old wire"
                                        + " with the condition reason TopologyChanged."))
                        : granted;
            }
        };
    }

    Verdict remove(ResourceId id, @Nullable Long ifGeneration, @Nullable String requestedBy) {
        return switch (ledger.remove(id, ifGeneration, requestedBy)) {
            case Verdict.Denied denied -> denied;
            case Verdict.Granted granted -> {
                if (isUnused(id)) {
                    pending.remove(id);
                    yield granted.and(erase(id));
                }
                pending.add(id);
                yield granted.warning(warnings(id, "No new path may cross it, and it is deleted once no path does."));
            }
        };
    }

    private RecordWrite erase(ResourceId id) {
        GenerationLedger.Line<ResourceId, S> line = ledger.get(id);
        RecordWrite change = ledger.erase(id);
        if (line != null) {
            erased.accept(id, line.spec());
        }
        return change;
    }

    private boolean isUnused(ResourceId id) {
        return usageIsKnown && use.apply(id).unused();
    }

    private List<Warning> warnings(ResourceId id, String what) {
        Use now = use.apply(id);
        return now.unused()
                ? List.of()
                : List.of(new Warning(
                        RequestReason.IN_USE,
                        "The %s %s is in use: %s. %s".formatted(this.what, id, now.words(), what),
                        now.current(),
                        now.leaving()));
    }

    /** Returns whether nothing waits to be erased. */
    boolean isEmpty() {
        return pending.isEmpty();
    }

    List<RecordWrite> usageIsKnown() {
        usageIsKnown = true;
        ledger.all().stream()
                .filter(GenerationLedger.Line::withdrawn)
                .map(GenerationLedger.Line::id)
                .forEach(pending::add);
        return settle();
    }

    /** Erases withdrawn things that nothing uses any more. */
    List<RecordWrite> settle() {
        List<RecordWrite> changes = new ArrayList<>();
        for (ResourceId id : List.copyOf(pending)) {
            if (isUnused(id)) {
                pending.remove(id);
                changes.add(erase(id));
            }
        }
        return changes;
    }
}
