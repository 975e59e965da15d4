package io.vlink.gateway.messaging;

import io.vlink.events.Topic;
import io.vlink.gateway.links.LinkStates;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.log.Outbox;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes the decisions about the switches and links of one partition as records. */
final class RecordsOut {

    private final GatheredStates ruleStates = new GatheredStates();

    /**
     * Writes the records, except rule states that wait for those of other switches.
     *
     * @param writing whether any switch of the partition is about to confirm rules
     */
    void put(SwitchEffects due, LinkStates.News news, BooleanSupplier writing, Outbox out, Instant now) {
        due.removedSwitches().forEach(removed -> {
            out.tombstone(
                    Topic.SWITCHES, removed.datapathId(), removed.datapathId().toString());
            removed.ports().forEach(port -> out.tombstone(Topic.PORTS, port.datapathId(), port.toString()));
        });
        due.switches()
                .forEach(state -> out.put(Topic.SWITCHES, state.id(), state.id().toString(), state));
        due.ports()
                .forEach(port ->
                        out.put(Topic.PORTS, port.id().datapathId(), port.id().toString(), port));
        news.states()
                .forEach(state -> out.put(
                        Topic.LINK_STATES, state.id().overlay(), state.id().toString(), state));
        news.removed().forEach(id -> out.tombstone(Topic.LINK_STATES, id.overlay(), id.toString()));
        ruleStates.add(due.ruleStates());
        ruleStates
                .take(!due.removed().isEmpty(), writing, now)
                .forEach(state -> out.put(Topic.RULE_STATES, state.owner().overlay(), state.key(), state));
        due.removed()
                .forEach(removed -> out.tombstone(
                        Topic.RULE_STATES, removed.owner().overlay(), removed.owner() + "/" + removed.datapathId()));
    }

    /** Returns the time when more records are due, or the other time if that is earlier; null: neither is set. */
    @Nullable Instant earlier(@Nullable Instant other) {
        return ruleStates.earlier(other);
    }
}
