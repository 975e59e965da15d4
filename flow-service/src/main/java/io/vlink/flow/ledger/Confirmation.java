package io.vlink.flow.ledger;

/** What a switch made of the last rule set that was written for it. */
public sealed interface Confirmation {

    /** The switch holds it, or never had anything of this network and is to have nothing. */
    record Applied() implements Confirmation {}

    /** The switch did not take it, in its own words. */
    record Failed(String error) implements Confirmation {}

    /** Nothing was heard yet. */
    record Pending() implements Confirmation {}
}
