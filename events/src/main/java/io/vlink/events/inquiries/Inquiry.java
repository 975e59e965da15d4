package io.vlink.events.inquiries;

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
 * Asks what would be decided if something were declared now, on {@code vlink.inquiries} under the network's key. Each gets
 * one {@link Forecast}; nothing is recorded or reserved.
 *
 * <p>{@code requestId} is the asker's, to find the forecast by; after {@code until} nobody waits for it any more.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Inquiry.AboutNetwork.class, name = "AboutNetwork"),
    @JsonSubTypes.Type(value = Inquiry.AboutAttachment.class, name = "AboutAttachment"),
})
public sealed interface Inquiry {

    /** Where they stand. */
    TypedTopic<NetworkId, Inquiry> TOPIC =
            new TypedTopic<>(Topic.INQUIRIES, Inquiry.class, NetworkId::of, Inquiry::network);

    String requestId();

    /** The network that is to be decided about. */
    NetworkId network();

    Instant until();

    /**
     * What if this were declared of the network?
     *
     * @param requestId the asker's own, to find the forecast by
     * @param network what this is about, by its key in its own topic
     * @param spec what would be declared
     * @param until after this nobody waits for the forecast
     */
    record AboutNetwork(String requestId, NetworkId network, NetworkSpec spec, Instant until) implements Inquiry {}

    /**
     * What if this attachment were declared?
     *
     * @param requestId the asker's own, to find the forecast by
     * @param attachment what this is about, by its key in its own topic
     * @param spec what would be declared
     * @param until after this nobody waits for the forecast
     */
    record AboutAttachment(String requestId, AttachmentId attachment, AttachmentSpec spec, Instant until)
            implements Inquiry {
        @Override
        public NetworkId network() {
            return attachment.network();
        }
    }
}
