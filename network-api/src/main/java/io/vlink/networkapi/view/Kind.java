package io.vlink.networkapi.view;

/**
 * What a change is about. The places are part of a {@link Position}'s text, which clients keep: new ones go to the end, and none is
 * ever given up.
 */
public enum Kind {
    NODE("node", Scope.OVERLAY, 0),
    LINK("link", Scope.OVERLAY, 1),
    NETWORK("network", Scope.NETWORK, 2),
    ATTACHMENT("attachment", Scope.NETWORK, 3),
    PATH("path", Scope.NETWORK, 4),
    STATUS("status", Scope.NETWORK, 5),
    SWITCH("switch", Scope.SWITCH, 6),
    PORT("port", Scope.SWITCH, 7),
    LINK_STATE("link-state", Scope.OVERLAY, 8);

    /** What a key begins with. */
    enum Scope {
        /** {@code overlay/…}. */
        OVERLAY,
        /** {@code overlay/namespace/network…}. */
        NETWORK,
        /** {@code datapath id…}. */
        SWITCH
    }

    private final String text;
    private final Scope scope;
    private final int place;

    Kind(String text, Scope scope, int place) {
        this.text = text;
        this.scope = scope;
        this.place = place;
    }

    /** As users write it. */
    public String text() {
        return text;
    }

    int place() {
        return place;
    }

    Scope scope() {
        return scope;
    }
}
