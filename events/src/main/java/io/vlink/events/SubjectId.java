package io.vlink.events;

/**
 * Names a node, link, network or attachment, which users declare and withdraw. {@code toString} returns the key of its
 * record.
 */
public sealed interface SubjectId permits ResourceId, NetworkId, AttachmentId {

    /** The overlay that the subject belongs to. */
    String overlay();
}
