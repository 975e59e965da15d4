package io.vlink.operator.wish;

import io.vlink.events.Principals;
import io.vlink.events.Unicode;

/**
 * The resource that the operator asks for. Whoever applied that is known to the API server, whose audit log tells it; the
 * operator sees only the resource.
 *
 * @param kind of the resource, and its name; of a network with its namespace, which is the tenant's own. The namespace of an
 *     overlay is left out: nodes and links are shown to all whose networks cross them
 */
public record OnBehalf(String kind, String name) {

    private static final String OPERATOR = "vlink-operator";
    private static final String CUT = "...";

    /** A network, also where its pods come and go: a pod may be of another namespace, and is none of the tenant's business. */
    public static OnBehalf network(String namespace, String name) {
        return new OnBehalf("L2Network", namespace + "/" + name);
    }

    public static OnBehalf overlay(String name) {
        return new OnBehalf("Overlay", name);
    }

    /** Who asks, as requests say it: {@code vlink-operator:L2Network/NAMESPACE/NAME}; cut where that would be too long. */
    String requestedBy() {
        String whole = "%s:%s/%s".formatted(OPERATOR, kind, name);
        return whole.length() <= Principals.MAX_LENGTH
                ? whole
                : Unicode.beginning(whole, Principals.MAX_LENGTH - CUT.length()) + CUT;
    }
}
