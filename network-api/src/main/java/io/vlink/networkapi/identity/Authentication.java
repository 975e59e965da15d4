package io.vlink.networkapi.identity;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionStage;

/**
 * Finds out who makes a call. A bean of this type takes the place of {@link Anybody}, and is asked once for each call to
 * anything but health, metrics and the API's own description, before anything is told, changed, or read of a body: also of
 * calls that no resource method serves.
 */
public interface Authentication {

    /**
     * Who calls, by the first line and the headers; the body is not read yet, and must not be. Returns at once, on the event
     * loop of the call's connection; the answer may come later, from any thread. Where it fails, the call does (500).
     */
    CompletionStage<Caller> caller(HttpServerRequest request);
}
