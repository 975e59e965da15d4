package io.vlink.events.attachments;

import io.vlink.events.AttachmentId;
import java.time.Instant;

/**
 * A recorded attachment. Key: {@code overlay/namespace/network/id}. It may come before its network.
 *
 * @param generation counts the changes of this attachment
 * @param withdrawn the workload left; {@code spec} is as it was last
 * @param spec what the user declared
 * @param createdAt when it was first declared; of two at one end, the earlier one holds it
 */
public record Attachment(AttachmentId id, long generation, boolean withdrawn, Instant createdAt, AttachmentSpec spec) {}
