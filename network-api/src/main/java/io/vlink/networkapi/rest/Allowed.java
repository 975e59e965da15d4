package io.vlink.networkapi.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The methods that a path supports. A 405 answer must list them (RFC 9110 §15.5.6), which the framework does not do. It
 * also answers OPTIONS with the methods of all paths with the same beginning.
 */
final class Allowed {

    private static final String COLLECTIONS = ".*/(?:nodes|links|networks|attachments)";

    @ServerResponseFilter
    void toldOnOptions(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals(HttpMethod.OPTIONS) && response.getStatus() == 200) {
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.ALLOW,
                            at(request.getUriInfo().getRequestUri().getPath()) + ", OPTIONS");
        }
    }

    static String at(String path) {
        if (path.matches("/v1/overlays/[^/]+/(?:networks|attachments)")) { // over all namespaces
            return "GET, HEAD";
        }
        if (path.matches(COLLECTIONS + "/[^/]+")) {
            return "GET, HEAD, PUT, DELETE";
        }
        if (path.matches("/v1/switches/[^/]+")) {
            return "GET, HEAD, DELETE";
        }
        return path.matches(COLLECTIONS) ? "GET, HEAD, POST" : "GET, HEAD";
    }
}
