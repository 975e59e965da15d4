package io.vlink.events.requests;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.AttachmentId;
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

    record DeclareNode(
            String requestId, ResourceId id, @Nullable Long ifGeneration, NodeSpec spec) implements Request {
        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    record WithdrawNode(
            String requestId, ResourceId id, @Nullable Long ifGeneration) implements Request {
        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    record DeclareLink(
            String requestId, ResourceId id, @Nullable Long ifGeneration, LinkSpec spec) implements Request {
        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    record WithdrawLink(
            String requestId, ResourceId id, @Nullable Long ifGeneration) implements Request {
        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    record DeclareNetwork(
            String requestId, NetworkId id, @Nullable Long ifGeneration, NetworkSpec spec) implements Request {
        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    record WithdrawNetwork(
            String requestId, NetworkId id, @Nullable Long ifGeneration) implements Request {
        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.overlay();
        }
    }

    record DeclareAttachment(
            String requestId, AttachmentId id, @Nullable Long ifGeneration, AttachmentSpec spec) implements Request {
        @Override
        public String subject() {
            return id.toString();
        }

        @Override
        public String overlay() {
            return id.network().overlay();
        }
    }

    record WithdrawAttachment(
            String requestId, AttachmentId id, @Nullable Long ifGeneration) implements Request {
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
