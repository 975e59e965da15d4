package io.vlink.networkapi.rest;

import java.util.Optional;
import java.util.function.Supplier;

/** The thing that a call is about, as the view shows it now. */
public interface Target {

    /** The progress of a change. */
    enum Progress {
        /** It is in progress. */
        PENDING,
        /** It is refused until something else changes. */
        REFUSED,
        /** It has taken effect. */
        DONE
    }

    /**
     * The thing as the view shows it.
     *
     * @param body makes the answer to a GET
     */
    record CurrentState(long generation, boolean withdrawn, Supplier<Object> body) {}

    /** Returns the key of its record. */
    String key();

    /** Returns the key of the status that covers it. */
    String statusKey();

    /** Returns the key of the records that show the progress of its removal. */
    default String removalKey() {
        return statusKey();
    }

    /** Returns its path for GET. */
    String location();

    /** Returns its kind and name, for people. */
    String what();

    Optional<CurrentState> shown();

    /** Returns the progress of the change with this generation. */
    Progress declared(long generation);

    /** Returns whether nothing is left of it after it was withdrawn with this generation. */
    boolean isRemoved(long generation);

    /** Returns whether declaring or withdrawing it takes more than recording it. */
    boolean takesTime();
}
