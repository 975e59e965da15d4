package io.vlink.events;

/**
 * One of the reasons that a producer gives, for programs. Each producer's are one enumeration, whose names are what stands
 * in records. Names stay as they are; more may come, so whoever reads records compares, and takes no list for complete.
 */
public interface Reason {

    /** As it stands in records, in CamelCase. */
    String name();
}
