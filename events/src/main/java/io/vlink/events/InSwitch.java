package io.vlink.events;

/** A key: one owner of rules in one switch. */
public record InSwitch(DatapathId datapathId, Owner owner) {

    /**
     * Reads {@code datapath id/overlay/namespace/name}, or {@code datapath id/overlay/port} where links are the owner.
     */
    public static InSwitch ofSwitchFirst(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "The key (%s) must be a datapath id and an owner: a network, or a sending port of links."
                            .formatted(text));
        }
        return new InSwitch(DatapathId.of(text.substring(0, slash)), Owner.of(text.substring(slash + 1)));
    }

    /** Reads {@code overlay/namespace/name/datapath id}, or {@code overlay/port/datapath id}. */
    public static InSwitch ofOwnerFirst(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "The key (%s) must be an owner (a network, or a sending port of links) and a datapath id."
                            .formatted(text));
        }
        return new InSwitch(DatapathId.of(text.substring(slash + 1)), Owner.of(text.substring(0, slash)));
    }
}
