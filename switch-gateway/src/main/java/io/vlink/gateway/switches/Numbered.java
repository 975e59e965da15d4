package io.vlink.gateway.switches;

/** Something in a switch that has a number and no mark: a meter or a group. */
sealed interface Numbered permits InstalledMeter, InstalledGroup {

    long number();

    /** What it does, in the words of {@link RuleText}. */
    String settings();

    /**
     * Whether Vlink made it, as far as can be told.
     *
     * @param ourUses how many rules with our mark use it, and groups that such rules lead to
     */
    boolean mayBeOurs(long ourUses);

    /** Whether that may be so of one that no rule of Vlink leads to, where nothing is known but what was read. */
    boolean mayBeOursUnused();
}
