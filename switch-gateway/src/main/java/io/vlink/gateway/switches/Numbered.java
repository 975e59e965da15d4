package io.vlink.gateway.switches;

/** Something in a switch that bears a number, and no mark of ours: a meter or a group. */
sealed interface Numbered permits InstalledMeter, InstalledGroup {

    long number();

    /** What it does, in the words of {@link RuleText}. */
    String settings();

    /**
     * Whether Vlink made it, as far as can be told.
     *
     * @param ourRules how many rules with our mark use it
     */
    boolean mayBeOurs(long ourRules);
}
