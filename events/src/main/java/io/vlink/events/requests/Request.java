package io.vlink.events.requests;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.AttachmentId;
import io.vlink.events.Between;
import io.vlink.events.MayOmit;
import io.vlink.events.NetworkId;
import io.vlink.events.Principal;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.nodes.NodeSpec;
import org.jspecify.annotations.Nullable;

/**
 * What anybody may ask for, on {@code vlink.requests}. Declaring is an idempotent upsert, withdrawing is repeatable.
 * Each request gets one {@link Answer}.
 *
 * <p>{@code requestId} is the asker's, to find the answer by; {@code ifGeneration}, where given, must be the generation
 * recorded now (0: nothing is recorded), else the answer is {@code GenerationMismatch}; {@code requestedBy} is told by the
 * producer, and believed: who may write to the topic may ask in anybody's name.
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

    /** Where they stand. */
    TypedTopic<String, Request> TOPIC = TypedTopic.ofAnyKey(Topic.REQUESTS, Request.class);

    String requestId();

    @Nullable Long ifGeneration();

    /** Who asks; absent where that is not known. */
    @Nullable String requestedBy();

    /** The subject's key, as in its own topic. */
    String subject();

    String overlay();

    /**
     * There is to be such a node: a host that carries a switch.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param spec what is declared
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record DeclareNode(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            NodeSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public DeclareNode(String requestId, ResourceId id, @Nullable Long ifGeneration, NodeSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    /**
     * There is to be no such node any more.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record WithdrawNode(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public WithdrawNode(String requestId, ResourceId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    /**
     * There is to be such a link: one direction between two switch ports.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param spec what is declared
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record DeclareLink(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            LinkSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public DeclareLink(String requestId, ResourceId id, @Nullable Long ifGeneration, LinkSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    /**
     * There is to be no such link any more.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record WithdrawLink(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public WithdrawLink(String requestId, ResourceId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    /**
     * There is to be such a network.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param spec what is declared
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record DeclareNetwork(
            @MayOmit("the answer bears none") String requestId,
            NetworkId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            NetworkSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public DeclareNetwork(String requestId, NetworkId id, @Nullable Long ifGeneration, NetworkSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    /**
     * There is to be no such network any more: its rules are removed, then what it held is freed.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record WithdrawNetwork(
            @MayOmit("the answer bears none") String requestId,
            NetworkId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public WithdrawNetwork(String requestId, NetworkId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    /**
     * A workload is plugged in here, and claims an end of the network.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param spec what is declared
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record DeclareAttachment(
            @MayOmit("the answer bears none") String requestId,
            AttachmentId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            AttachmentSpec spec,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public DeclareAttachment(String requestId, AttachmentId id, @Nullable Long ifGeneration, AttachmentSpec spec) {
            this(requestId, id, ifGeneration, spec, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.network().overlay();
        }
    }

    /**
     * The workload has left.
     *
     * @param requestId the asker's own, at most 256 characters, to find the answer by
     * @param id what this is about, by its key in its own topic
     * @param ifGeneration the generation that must be recorded now, else nothing changes; 0: nothing may be recorded; absent: any
     * @param requestedBy who asks, 1 to 253 printable characters; shown with the answer and with what is recorded; absent: nobody knows
     */
    record WithdrawAttachment(
            @MayOmit("the answer bears none") String requestId,
            AttachmentId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            @Principal @Nullable String requestedBy)
            implements Request {
        /** One of whom nobody knows who asks. */
        public WithdrawAttachment(String requestId, AttachmentId id, @Nullable Long ifGeneration) {
            this(requestId, id, ifGeneration, null);
        }

        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.network().overlay();
        }
    }
}
