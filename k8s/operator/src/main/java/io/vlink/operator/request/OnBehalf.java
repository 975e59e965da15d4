package io.vlink.operator.request;

import io.vlink.events.text.Principals;
import io.vlink.events.text.Unicode;

/**
 * The resource that a request is made for. The user who applied the resource is known only to the API server and its
 * audit log.
 *
 * @param kind kind of the resource
 * @param name its name; for a network with its namespace, which is the tenant's own. The namespace of an overlay is
 *     left out: nodes and links are shown to all tenants with networks that cross them
 */
public record OnBehalf(String kind, String name) {

    private static final String OPERATOR = "vlink-operator";
    private static final String CUT = "...";

    /**
     * Returns the network. Also used for requests about its pods: a pod may be in another namespace, which the tenant
     * must not see.
     */
    public static OnBehalf network(String namespace, String name) {
        return new OnBehalf("L2Network", namespace + "/" + name);
    }

    public static OnBehalf overlay(String name) {
        return new OnBehalf("Overlay", name);
    }

    /** Returns the requester for a request: {@code vlink-operator:L2Network/NAMESPACE/NAME}, cut if too long. */
    String requestedBy() {
        String whole = "%s:%s/%s".formatted(OPERATOR, kind, name);
        return whole.length() <= Principals.MAX_LENGTH
                ? whole
                : Unicode.beginning(whole, Principals.MAX_LENGTH - CUT.length()) + CUT;
    }
}
