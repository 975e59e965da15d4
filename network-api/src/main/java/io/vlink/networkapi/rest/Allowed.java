package io.vlink.networkapi.rest;

/** The methods that a path offers, which an answer 405 must name (RFC 9110 §15.5.6); the framework does not say. */
final class Allowed {

    private static final String COLLECTIONS = ".*/(?:nodes|links|networks|attachments)";

    private Allowed() {}

    static String at(String path) {
        if (path.matches("/v1/overlays/[^/]+/(?:networks|attachments)")) { // over all namespaces
            return "GET, HEAD";
        }
        if (path.matches(COLLECTIONS + "/[^/]+")) {
            return "GET, HEAD, PUT, DELETE";
        }
        return path.matches(COLLECTIONS) ? "GET, HEAD, POST" : "GET, HEAD";
    }
}
