package io.vlink.gateway.switches.entries;

/** A meter or group in a switch: it has a number and carries no mark. */
public sealed interface Numbered permits InstalledMeter, InstalledGroup {

    long number();

    /** Returns what it does, in the notation of {@link RuleText}. */
    String settings();

    /**
     * Returns whether Vlink may have made it.
     *
     * @param ourUses the number of rules with our mark that use it, and of groups that such rules refer to
     */
    boolean mayBeOurs(long ourUses);

    /**
     * Returns whether Vlink may have made it even if no rule of Vlink refers to it and nothing is known beyond the
     * read-back.
     */
    boolean mayBeOursUnused();
}
