package io.vlink.networkapi.view;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.services.Caveats;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a network as it is shown: its {@link NetworkStatus}, plus caveats while a service that would update it
 * is missing. Has the same JSON form as the record.
 *
 * @param phase as in the record; {@code Pending} if there is no record, {@code Unknown} if it was Ready and this cannot
 *     be confirmed now
 */
public record SpokenStatus(
        NetworkId id,
        Revision revision,
        long evidence,
        String phase,
        List<Condition> conditions,
        List<String> forward,
        List<String> reverse,
        List<AttachmentState> attachments,
        List<Long> removedCircuits) {

    private static final String PENDING = "Pending";
    private static final String UNKNOWN = "Unknown";
    private static final Revision NONE = new Revision(0, 0, 0);

    static SpokenStatus of(NetworkId id, Caveats caveats, Caveats.StatusFacts known) {
        NetworkStatus status = known.status();
        List<Condition> conditions = caveats.conditions(known);
        if (status == null) {
            return new SpokenStatus(id, NONE, 0, PENDING, conditions, List.of(), List.of(), List.of(), List.of());
        }
        boolean doubted = status.phase() == Phase.READY
                && conditions.stream()
                        .anyMatch(condition ->
                                condition.is(Condition.Type.READY) && condition.status() == Condition.Truth.UNKNOWN);
        return new SpokenStatus(
                id,
                status.revision(),
                status.evidence(),
                doubted ? UNKNOWN : status.phase().word(),
                conditions,
                status.forward(),
                status.reverse(),
                status.attachments(),
                status.removedCircuits());
    }

    /** Returns the condition of the given type; null if there is none. */
    public @Nullable Condition condition(Condition.Type type) {
        return conditions.stream()
                .filter(condition -> condition.is(type))
                .findFirst()
                .orElse(null);
    }
}
