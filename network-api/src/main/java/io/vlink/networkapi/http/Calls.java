package io.vlink.networkapi.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vlink.networkapi.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The call served on this thread. */
@Singleton
public final class Calls {

    private final HttpHeaders headers;

    private final UriInfo uri;

    private final CurrentVertxRequest current;

    public Calls(HttpHeaders headers, UriInfo uri, CurrentVertxRequest current) {
        this.headers = headers;
        this.uri = uri;
        this.current = current;
    }

    /** Returns the path and query of the call with one parameter replaced. */
    public String sameWith(String parameter, String value) {
        URI same =
                uri.getRequestUriBuilder().replaceQueryParam(parameter, value).build();
        return same.getRawPath() + "?" + same.getRawQuery();
    }

    public Call current() {
        return new Call(
                Call.syntax(headers.getHeaderString(HttpHeaders.CONTENT_TYPE)),
                prefersYaml(),
                headers.getHeaderString(HttpHeaders.IF_MATCH),
                headers.getHeaderString(HttpHeaders.IF_NONE_MATCH),
                Caller.nameIn(current.getCurrent()),
                Call.patience(headers.getRequestHeader("Prefer")));
    }

    private boolean prefersYaml() {
        for (MediaType accepted : accepted()) { // in order of preference
            String subtype = accepted.getSubtype().toLowerCase(Locale.ROOT);
            if (subtype.contains("yaml")) {
                return true;
            }
            if (subtype.equals("json") || subtype.equals("*")) {
                return false;
            }
        }
        return false;
    }

    /** Returns the accepted media types. An empty or invalid list expresses no preference. */
    private List<MediaType> accepted() {
        try {
            return headers.getAcceptableMediaTypes();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
