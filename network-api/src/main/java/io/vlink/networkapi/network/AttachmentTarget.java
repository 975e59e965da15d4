package io.vlink.networkapi.network;

import io.vlink.events.AttachmentId;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.services.Absence;
import io.vlink.events.services.CaveatReason;
import io.vlink.events.services.Caveats;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.networkapi.rest.Target;
import io.vlink.networkapi.view.View;
import java.util.Optional;

/** One attachment in the view. Its state is part of its network's status. */
record AttachmentTarget(AttachmentId id, View view) implements Target {

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    public String statusKey() {
        return id.network().toString();
    }

    @Override
    public String location() {
        return "%s/attachments/%s".formatted(new NetworkTarget(id.network(), view).location(), id.id());
    }

    @Override
    public String what() {
        return "attachment " + id;
    }

    @Override
    public Optional<CurrentState> shown() {
        return view.attachments()
                .get(id.toString())
                .filter(attachment -> !attachment.withdrawn())
                .map(attachment -> new CurrentState(attachment.generation(), false, () -> show(attachment)));
    }

    ShownAttachment show(Attachment attachment) {
        return ShownAttachment.of(
                attachment,
                withoutNetwork(attachment)
                        .or(this::state)
                        .or(() -> delayed(attachment))
                        .orElse(null));
    }

    /** Returns the state of an attachment that is declared before its network, or stays after it; else empty. */
    private Optional<AttachmentState> withoutNetwork(Attachment attachment) {
        return view.networks().get(id.network().toString()).isPresent()
                ? Optional.empty()
                : Optional.of(new AttachmentState(
                        id.id(),
                        attachment.spec().node(),
                        false,
                        AttachmentReason.NETWORK_UNKNOWN.word(),
                        "There is no network %s. The attachment waits for it.".formatted(id.network())));
    }

    /** Returns the state that explains a delay caused by a missing service; empty if the state is only on its way. */
    private Optional<AttachmentState> delayed(Attachment attachment) {
        Caveats caveats = view.caveats(id.network().overlay());
        Absence absence = caveats.decisions() == null ? caveats.statuses() : caveats.decisions();
        return Optional.ofNullable(absence)
                .map(missing -> new AttachmentState(
                        id.id(),
                        attachment.spec().node(),
                        false,
                        (caveats.decisions() == null ? CaveatReason.STATUSES_DELAYED : CaveatReason.DECISIONS_DELAYED)
                                .word(),
                        "The attachment is recorded, but %s are delayed since %s: %s. Nothing is lost."
                                .formatted(
                                        caveats.decisions() == null ? "statuses" : "decisions",
                                        missing.since(),
                                        missing.whoAndHow())));
    }

    boolean holds() {
        return state().filter(AttachmentState::holds).isPresent();
    }

    private Optional<AttachmentState> state() {
        return status().flatMap(status -> status.attachments().stream()
                .filter(state -> state.attachment().equals(id.id()))
                .findFirst());
    }

    private Optional<NetworkStatus> status() {
        return view.statuses().get(id.network().toString());
    }

    @Override
    public Progress declared(long generation) {
        AttachmentState state = state().orElse(null);
        if (state == null) {
            return Progress.PENDING;
        }
        if (!state.holds() && state.reason() != null) {
            return Progress.REFUSED;
        }
        return state.holds()
                        && view.caveats(id.network().overlay()).statuses() == null
                        && status().filter(s -> s.phase() == Phase.READY).isPresent()
                ? Progress.DONE
                : Progress.PENDING;
    }

    @Override
    public boolean isRemoved(long generation) {
        return shown().isEmpty() && state().isEmpty();
    }

    @Override
    public boolean takesTime() {
        return true;
    }
}
