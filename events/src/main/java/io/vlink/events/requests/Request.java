package io.vlink.events.requests;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.AttachmentId;
import io.vlink.events.Between;
import io.vlink.events.MayOmit;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
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
 * recorded now (0: nothing is recorded), else the answer is {@code GenerationMismatch}.
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

    String requestId();

    @Nullable Long ifGeneration();

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
     */
    record DeclareNode(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            NodeSpec spec)
            implements Request {
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
     */
    record WithdrawNode(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration)
            implements Request {
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
     */
    record DeclareLink(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            LinkSpec spec)
            implements Request {
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
     */
    record WithdrawLink(
            @MayOmit("the answer bears none") String requestId,
            ResourceId id,
            @Between(min = 0) @Nullable Long ifGeneration)
            implements Request {
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
     */
    record DeclareNetwork(
            @MayOmit("the answer bears none") String requestId,
            NetworkId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            NetworkSpec spec)
            implements Request {
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
     */
    record WithdrawNetwork(
            @MayOmit("the answer bears none") String requestId,
            NetworkId id,
            @Between(min = 0) @Nullable Long ifGeneration)
            implements Request {
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
     */
    record DeclareAttachment(
            @MayOmit("the answer bears none") String requestId,
            AttachmentId id,
            @Between(min = 0) @Nullable Long ifGeneration,
            AttachmentSpec spec)
            implements Request {
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
     */
    record WithdrawAttachment(
            @MayOmit("the answer bears none") String requestId,
            AttachmentId id,
            @Between(min = 0) @Nullable Long ifGeneration)
            implements Request {
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
