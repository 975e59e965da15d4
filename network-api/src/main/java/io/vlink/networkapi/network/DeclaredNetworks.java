package io.vlink.networkapi.network;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.reading.AttachmentReader;
import io.vlink.networkapi.reading.NetworkReader;
import io.vlink.networkapi.rest.Declarable;
import io.vlink.networkapi.view.View;
import jakarta.inject.Singleton;

/** Defines how networks and attachments are declared, shown and withdrawn. */
@Singleton
public final class DeclaredNetworks {

    private final View view;

    DeclaredNetworks(View view) {
        this.view = view;
    }

    public Declarable<NetworkId, NetworkSpec> networks() {
        return new Declarable<>(
                this::network, NetworkReader::read, Request.DeclareNetwork::new, Request.WithdrawNetwork::new);
    }

    public Declarable<AttachmentId, AttachmentSpec> attachments() {
        return new Declarable<>(
                this::attachment,
                AttachmentReader::read,
                Request.DeclareAttachment::new,
                Request.WithdrawAttachment::new);
    }

    NetworkTarget network(NetworkId id) {
        return new NetworkTarget(id, view);
    }

    AttachmentTarget attachment(AttachmentId id) {
        return new AttachmentTarget(id, view);
    }
}
