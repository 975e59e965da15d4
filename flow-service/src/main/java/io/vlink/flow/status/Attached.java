package io.vlink.flow.status;

import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.ConditionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The condition Attached: whether both endpoints have attachments whose ports are known and pass traffic. */
final class Attached implements Judgement {

    @Override
    public Condition.Type type() {
        return Condition.Type.ATTACHED;
    }

    @Override
    public Instant since(Delivered now) {
        return now.decidedAt();
    }

    @Override
    public Finding of(Delivered now, Findings before) {
        Circuit current = now.current();
        if (current == null) {
            return new Finding(
                    Condition.Truth.UNKNOWN,
                    now.isRemovalRequested() ? ConditionReason.WITHDRAWN : ConditionReason.NOT_RESERVED,
                    "No path is reserved, so it has no endpoints.",
                    now.generation());
        }
        List<Endpoint> open = open(current);
        if (!open.isEmpty()) {
            return open(open, now);
        }
        Cuts cuts = Cuts.ofEndpoints(now.decision());
        return cuts.isEmpty()
                ? Finding.yes(ConditionReason.ATTACHED, attachedEndpoints(current, now), now.generation())
                : cuts.finding(now.generation());
    }

    private static List<Endpoint> open(Circuit current) {
        List<Endpoint> open = new ArrayList<>();
        for (Endpoint endpoint : current.endpoints()) {
            if (endpoint.port() == null) {
                open.add(endpoint);
            }
        }
        return open;
    }

    private static String attachedEndpoints(Circuit current, Delivered now) {
        var said = new StringBuilder();
        for (Endpoint endpoint : current.endpoints()) {
            said.append(said.isEmpty() ? "" : " and ").append(inWords(endpoint));
        }
        said.append('.');
        for (AttachmentState state : now.decision().attachments()) {
            if (state.holds() && state.message() != null) {
                said.append(' ').append(state.message());
            }
        }
        return said.toString();
    }

    private static String inWords(Endpoint endpoint) {
        return endpoint.attachment() + " at port " + endpoint.port() + " of " + endpoint.node();
    }

    private static Finding open(List<Endpoint> open, Delivered now) {
        return Finding.no(
                open.stream().anyMatch(endpoint -> endpoint.attachment() == null)
                        ? ConditionReason.WAITING_FOR_ATTACHMENT
                        : ConditionReason.PORT_UNKNOWN,
                open.stream().map(endpoint -> whyOpen(endpoint, now)).distinct().collect(Collectors.joining(" ")),
                now.generation());
    }

    private static String whyOpen(Endpoint endpoint, Delivered now) {
        String attachment = endpoint.attachment();
        List<String> said = now.decision().attachments().stream()
                .filter(state -> attachment == null
                        ? state.node().equals(endpoint.node())
                        : state.attachment().equals(attachment))
                .map(AttachmentState::message)
                .flatMap(Stream::ofNullable)
                .toList();
        if (attachment == null) {
            return "%s waits for an attachment.%s"
                    .formatted(endpoint.node(), said.isEmpty() ? "" : " " + String.join(" ", said));
        }
        return said.isEmpty()
                ? "The port of attachment %s is unknown at %s.".formatted(attachment, endpoint.node())
                : String.join(" ", said);
    }
}
