package io.vlink.events;

/** What concerns a network in one switch. */
public record InSwitch(DatapathId datapathId, NetworkId network) {

    /** Reads {@code datapath id/overlay/namespace/name}. */
    public static InSwitch ofSwitchFirst(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("The key (%s) must be a datapath id and a network.".formatted(text));
        }
        return new InSwitch(DatapathId.of(text.substring(0, slash)), NetworkId.of(text.substring(slash + 1)));
    }

    /** Reads {@code overlay/namespace/name/datapath id}. */
    public static InSwitch ofNetworkFirst(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("The key (%s) must be a network and a datapath id.".formatted(text));
        }
        return new InSwitch(DatapathId.of(text.substring(slash + 1)), NetworkId.of(text.substring(0, slash)));
    }
}
