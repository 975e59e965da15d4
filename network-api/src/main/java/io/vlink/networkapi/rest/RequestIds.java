package io.vlink.networkapi.rest;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests; no two in any instance are the same. */
public final class RequestIds {

    private static final String INSTANCE = UUID.randomUUID().toString();
    private static final AtomicLong COUNT = new AtomicLong();

    private RequestIds() {}

    public static String next() {
        return INSTANCE + "-" + COUNT.incrementAndGet();
    }
}
