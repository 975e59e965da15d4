package io.vlink.networkapi.rest;

import java.util.Optional;
import java.util.function.Supplier;

/** One thing that a call is about, as the view shows it now. */
public interface Target {

    /** What came of a change so far. */
    enum Progress {
        /** It is on its way. */
        PENDING,
        /** It was decided against, until something else changes. */
        REFUSED,
        /** It came to be. */
        DONE
    }

    /**
     * How the view shows it.
     *
     * @param body makes what a GET answers
     */
    record Shown(long generation, boolean withdrawn, Supplier<Object> body) {}

    /** The key of its own record. */
    String key();

    /** The key of the status that tells what became of it. */
    String statusKey();

    /** The key of the records that tell how far its removal has come. */
    default String removalKey() {
        return statusKey();
    }

    /** Where a GET finds it. */
    String location();

    /** What it is, for people. */
    String what();

    Optional<Shown> shown();

    /** How far the change with this generation has come. */
    Progress declared(long generation);

    /** Whether nothing is left of what was withdrawn with this generation. */
    boolean isGone(long generation);

    /** Whether declaring or withdrawing it takes more than recording it. */
    boolean takesTime();
}
