package io.vlink.events.requests;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.SubjectId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.schema.Between;
import io.vlink.events.schema.MayOmit;
import io.vlink.events.schema.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request, on {@code vlink.requests}, which any client may send. Declaring is an idempotent upsert; withdrawing is
 * repeatable. Each request gets one {@link Answer}.
 *
 * <p>{@code requestId} is the requester's own, to find the answer by. {@code ifGeneration}, if present, must be the
 * generation recorded now (0: nothing is recorded); otherwise the answer is {@code GenerationMismatch}. {@code requestedBy}
 * is set by the producer and trusted: a client with write access to the topic may name any requester.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.DeclareNode.class, name = "DeclareNode"),
    @JsonSubTypes.Type(value = Request.WithdrawNode.class, name = "WithdrawNode"),
    @JsonSubTypes.Type(value = Request.DeclareLink.class, name = "DeclareLink"),
    @JsonSubTypes.Type(value = Request.WithdrawLink.class, name = "WithdrawLink"),
    @JsonSubTypes.Type(value = Request.DeclareNetwork.class, name = "DeclareNetwork"),
    @JsonSubTypes.Type(value = Request.WithdrawNetwork.class, name = "WithdrawNetwork"),
    @JsonSubTypes.Type(value = Request.DeclareAttachment.class, name = "DeclareAttachment"),
    @JsonSubTypes.Type(value = Request.WithdrawAttachment.class, name = "WithdrawAttachment"),
})
public sealed interface Request {

    /** The topic of these records. */
    TypedTopic<String, Request> TOPIC = TypedTopic.ofAnyKey(Topic.REQUESTS, Request.class);

    String requestId();

    /** The subject. */
    SubjectId id();

    @Nullable Long ifGeneration();

    /** The requester; absent where not known. */
    @Nullable String requestedBy();

    /** The subject's key, as in its own topic. */
    default String subject() {
        return id().toString();
    }

    default String overlay() {
        return id().overlay();
    }

    /**
     * Declares a node: a host with a switch.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param spec the declaration
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record DeclareNode(
            @MayOmit("the answer has none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            NodeSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public DeclareNode(String requestId, ResourceId id, @Nullable Long ifGeneration, NodeSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }
    }

    /**
     * Withdraws a node.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record WithdrawNode(
            @MayOmit("the answer has none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public WithdrawNode(String requestId, ResourceId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }
    }

    /**
     * Declares a link: one direction between two switch ports.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param spec the declaration
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record DeclareLink(
            @MayOmit("the answer has none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            LinkSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public DeclareLink(String requestId, ResourceId id, @Nullable Long ifGeneration, LinkSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }
    }

    /**
     * Withdraws a link.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record WithdrawLink(
            @MayOmit("the answer has none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public WithdrawLink(String requestId, ResourceId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }
    }

    /**
     * Declares a network.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param spec the declaration
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record DeclareNetwork(
            @MayOmit("the answer has none") String requestId,
            NetworkId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            NetworkSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public DeclareNetwork(String requestId, NetworkId id, @Nullable Long ifGeneration, NetworkSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }
    }

    /**
     * Withdraws a network: its rules are removed, then its resources are freed.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record WithdrawNetwork(
            @MayOmit("the answer has none") String requestId,
            NetworkId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public WithdrawNetwork(String requestId, NetworkId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }
    }

    /**
     * Declares an attachment: a workload is plugged in here, and claims an end of the network.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param spec the declaration
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record DeclareAttachment(
            @MayOmit("the answer has none") String requestId,
            AttachmentId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            AttachmentSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public DeclareAttachment(String requestId, AttachmentId id, @Nullable Long ifGeneration, AttachmentSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }
    }

    /**
     * Withdraws an attachment: the workload left.
     *
     * @param requestId the requester's own, at most 256 characters, to find the answer by
     * @param id the subject, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, otherwise nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy the requester, 1 to 253 printable characters; shown in the answer and in the record; absent: not known
     */
    record WithdrawAttachment(
            @MayOmit("the answer has none") String requestId,
            AttachmentId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** A request whose requester is not known. */
        public WithdrawAttachment(String requestId, AttachmentId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }
    }
}
