package io.vlink.operator.overlay;

import io.vlink.operator.overlay.OverlaySpec.TopologyLink;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The names of the two links that a link of a topology stands for. Nodes {@code node-a} and {@code node-c} have the
 * suffixes {@code a} and {@code c}. A name that ends in both suffixes is reversed by exchanging them: {@code link-ac},
 * {@code link-ca}. Where that is ambiguous, such as with {@code worker-1} and {@code worker-11}, a hyphen separates them:
 * {@code link-1-11}. Pure.
 *
 * @param there name of the link from endpointA to endpointB
 * @param back name of the link from endpointB to endpointA
 */
record LinkNames(String there, String back) {

    /**
     * Returns the names of a link.
     *
     * @param isTaken whether a link before it, between other nodes, has that name
     */
    static LinkNames of(TopologyLink link, Predicate<String> isTaken) {
        LinkNames names = of(link);
        boolean clashes = names.there.equals(names.back) || isTaken.test(names.there) || isTaken.test(names.back);
        if (!clashes || link.name() != null || !prefix(link.endpointA()).equals(prefix(link.endpointB()))) {
            return names;
        }
        String a = suffix(link.endpointA());
        String b = suffix(link.endpointB());
        return new LinkNames(
                "link-" + a + "-" + b, Objects.requireNonNullElse(link.reverseName(), "link-" + b + "-" + a));
    }

    static LinkNames of(TopologyLink link) {
        String a = suffix(link.endpointA());
        String b = suffix(link.endpointB());
        String written = link.name();
        String there;
        if (written != null) {
            there = written;
        } else if (prefix(link.endpointA()).equals(prefix(link.endpointB()))) {
            there = "link-" + a + b;
        } else {
            there = "link-" + link.endpointA() + "-" + link.endpointB();
        }
        String back = link.reverseName();
        if (back == null) {
            if (there.endsWith(a + b) && !a.equals(b)) {
                back = there.substring(0, there.length() - a.length() - b.length()) + b + a;
            } else if (written == null) { // nodes with different prefixes
                back = "link-" + link.endpointB() + "-" + link.endpointA();
            } else {
                back = there + "-reverse";
            }
        }
        return new LinkNames(there, written != null && back.equals(there) ? there + "-reverse" : back);
    }

    private static String suffix(String node) {
        return node.substring(node.lastIndexOf('-') + 1);
    }

    private static String prefix(String node) {
        return node.substring(0, node.lastIndexOf('-') + 1);
    }
}
