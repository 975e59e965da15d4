package io.vlink.gateway.switches;

/** What an operator decides about a switch that is left alone. */
public enum Decision {
    /** It is ours: it is made to be as recorded, and what agrees with that stays. */
    ADOPT,
    /** It is ours, once all rules of Vlink are gone from it. */
    CLEAR
}
