package io.vlink.networkapi.identity;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Who makes a call. */
public sealed interface Caller {

    /** Nobody was asked who he is. */
    Caller ANONYMOUS = new Anonymous();

    /** Under this, each call's context knows who makes it. */
    String KEY = "vlink.caller";

    /** One who may call, and is not known by name. */
    record Anonymous() implements Caller {}

    /**
     * One who is known.
     *
     * @param name the principal's name
     */
    record Known(String name) implements Caller {}

    /**
     * One who may not call.
     *
     * @param challenge how to say who one is (RFC 9110 §11.6.1), such as {@code Bearer}
     * @param detail what is wrong, for people; it must tell nothing that only a known caller may learn
     */
    record Refused(String challenge, String detail) implements Caller {}

    /** The name of who makes this call; absent where that is not known. */
    static @Nullable String nameIn(RoutingContext context) {
        return context.<Caller>get(KEY) instanceof Known known ? known.name() : null;
    }
}
