package io.vlink.networkapi.chain;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Expands {@code /v1/namespaces/…} to {@code /v1/overlays/default/namespaces/…}. */
final class ShortPaths {

    private static final String SHORT = "/v1/namespaces/";
    private static final String LONG = "/v1/overlays/default/namespaces/";

    @ServerRequestFilter(preMatching = true, nonBlocking = true, priority = HttpChain.SHORT_PATHS)
    void expand(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        URI called = uri.getRequestUri();
        String path = called.getRawPath();
        if (path.startsWith(SHORT)) {
            String query = called.getRawQuery() == null ? "" : "?" + called.getRawQuery();
            request.setRequestUri(URI.create(LONG + path.substring(SHORT.length()) + query));
        }
    }
}
