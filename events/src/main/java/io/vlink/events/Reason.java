package io.vlink.events;

/**
 * A reason, for programs. Each producer defines its reasons in one enumeration and writes their names to records. Names
 * never change, but more may come, so readers compare names and do not treat the list as complete.
 */
public interface Reason {

    /** The name in records, in CamelCase. */
    String name();
}
