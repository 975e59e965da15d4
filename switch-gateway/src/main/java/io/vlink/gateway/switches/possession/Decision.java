package io.vlink.gateway.switches.possession;

/** An operator's decision about a switch that is left alone. */
public enum Decision {
    /** The switch belongs to this suite. It is brought to the recorded state; what already agrees stays. */
    ADOPT,
    /** The switch belongs to this suite. All rules of Vlink are removed from it first. */
    CLEAR
}
