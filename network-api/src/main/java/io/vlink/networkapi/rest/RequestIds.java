package io.vlink.networkapi.rest;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes request ids that are unique across instances. */
public final class RequestIds {

    private static final String INSTANCE = UUID.randomUUID().toString();
    private static final AtomicLong COUNT = new AtomicLong();

    private RequestIds() {}

    public static String next() {
        return INSTANCE + "-" + COUNT.incrementAndGet();
    }
}
