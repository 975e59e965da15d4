package io.vlink.gateway.openflow.frames;

/** The treatment of a message by the decoder, by its type (OpenFlow 1.4.1 §7.1; the same numbers in 1.3). */
enum MessageType {
    HELLO,
    ERROR,
    /** Some handler needs it. */
    AWAITED,
    /** Skipped. */
    OTHER;

    static MessageType of(int type) {
        return switch (type) {
            case 0 -> HELLO;
            case 1 -> ERROR;
            case 2, 3 -> AWAITED; // echo request, echo reply
            case 6, 12, 19, 21, 25, 30, 33 -> // features, port status, multipart, barrier, role, role status, bundle
                AWAITED;
            default -> OTHER;
        };
    }
}
