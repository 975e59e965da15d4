package io.vlink.operator.webhook;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Derives a unique IPv6 link-local address for an interface that needs an address and has none. Pure. */
final class LinkLocal {

    private static final int WORD = 16;
    private static final long MASK = 0xffff;

    private LinkLocal() {}

    /** Returns the address for a pod's {@code index}th network, derived from the uid of its admission. */
    static String of(String uid, int index) {
        UUID made = UUID.nameUUIDFromBytes((uid + "/" + index).getBytes(StandardCharsets.UTF_8));
        long bits = made.getLeastSignificantBits();
        return "fe80::%x:%x:%x:%x/64"
                .formatted(bits >>> (3 * WORD), bits >>> (2 * WORD) & MASK, bits >>> WORD & MASK, bits & MASK);
    }
}
