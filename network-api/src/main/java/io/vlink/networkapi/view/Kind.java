package io.vlink.networkapi.view;

/** What a change is about. The order is part of a {@link Position}'s text: new ones go to the end. */
public enum Kind {
    NODE("node", Scope.OVERLAY),
    LINK("link", Scope.OVERLAY),
    NETWORK("network", Scope.NETWORK),
    ATTACHMENT("attachment", Scope.NETWORK),
    PATH("path", Scope.NETWORK),
    STATUS("status", Scope.NETWORK),
    SWITCH("switch", Scope.SWITCH),
    PORT("port", Scope.SWITCH),
    LINK_STATE("link-state", Scope.OVERLAY);

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

    Kind(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /** As users write it. */
    public String text() {
        return text;
    }

    Scope scope() {
        return scope;
    }
}
