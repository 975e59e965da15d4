package io.vlink.events.dryruns;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.networks.NetworkSpec;
import java.time.Instant;

/**
 * A request for a dry run: what would be decided if something were declared now? On {@code vlink.inquiries} under the
 * network's key. Each gets one {@link DryRunResult}; nothing is recorded or reserved.
 *
 * <p>{@code requestId} is the requester's own, to find the forecast by. After {@code until} the requester no longer
 * waits for it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DryRunRequest.AboutNetwork.class, name = "AboutNetwork"),
    @JsonSubTypes.Type(value = DryRunRequest.AboutAttachment.class, name = "AboutAttachment"),
})
public sealed interface DryRunRequest {

    /** The topic of these records. */
    TypedTopic<NetworkId, DryRunRequest> TOPIC =
            new TypedTopic<>(Topic.INQUIRIES, DryRunRequest.class, NetworkId::of, DryRunRequest::network);

    String requestId();

    /** The network of the dry run. */
    NetworkId network();

    Instant until();

    /**
     * A dry run of a declaration of a network.
     *
     * @param requestId the requester's own id, to find the forecast by
     * @param network the network, by its key in its own topic
     * @param spec the declaration to try
     * @param until after this time the requester no longer waits for the forecast
     */
    record AboutNetwork(String requestId, NetworkId network, NetworkSpec spec, Instant until)
            implements DryRunRequest {}

    /**
     * A dry run of a declaration of an attachment.
     *
     * @param requestId the requester's own id, to find the forecast by
     * @param attachment the attachment, by its key in its own topic
     * @param spec the declaration to try
     * @param until after this time the requester no longer waits for the forecast
     */
    record AboutAttachment(String requestId, AttachmentId attachment, AttachmentSpec spec, Instant until)
            implements DryRunRequest {
        @Override
        public NetworkId network() {
            return attachment.network();
        }
    }
}
