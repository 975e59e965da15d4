package io.vlink.networkapi.view;

/**
 * The kind of thing that a change is about. Its place is part of a {@link Position}'s text, which clients keep. Add new
 * kinds at the end and never remove one.
 */
public enum ChangeKind {
    NODE("node", Scope.OVERLAY, 0),
    LINK("link", Scope.OVERLAY, 1),
    NETWORK("network", Scope.NETWORK, 2),
    ATTACHMENT("attachment", Scope.NETWORK, 3),
    PATH("path", Scope.NETWORK, 4),
    STATUS("status", Scope.NETWORK, 5),
    SWITCH("switch", Scope.SWITCH, 6),
    PORT("port", Scope.SWITCH, 7),
    LINK_STATE("link-state", Scope.OVERLAY, 8);

    /** The prefix of a key. */
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

    ChangeKind(String text, Scope scope, int place) {
        this.text = text;
        this.scope = scope;
        this.place = place;
    }

    /** Returns the kind as users write it. */
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
