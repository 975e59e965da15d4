package io.vlink.networkapi.identity;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The caller. */
public sealed interface Caller {

    /** A caller that was not asked for a name. */
    Caller ANONYMOUS = new Anonymous();

    /** Key of the caller in the context of a call. */
    String KEY = "vlink.caller";

    /** A caller that may call and has no known name. */
    record Anonymous() implements Caller {}

    /**
     * A caller that is known by name.
     *
     * @param name the principal's name
     */
    record Identified(String name) implements Caller {}

    /**
     * A caller that may not call.
     *
     * @param challenge how to authenticate (RFC 9110 §11.6.1), such as {@code Bearer}
     * @param detail what is wrong, for people; it must not reveal what only a known caller may see
     */
    record Rejected(String challenge, String detail) implements Caller {}

    /** Returns the caller's name; null if unknown. */
    static @Nullable String nameIn(RoutingContext context) {
        return context.<Caller>get(KEY) instanceof Identified known ? known.name() : null;
    }
}
