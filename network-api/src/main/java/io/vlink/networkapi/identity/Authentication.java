package io.vlink.networkapi.identity;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionStage;

/**
 * Identifies callers. A bean of this type replaces {@link Anybody}. It is asked once for each call, except calls to
 * health, metrics and the API's own description, and also for calls that no resource method serves. It is asked before
 * anything is shown or changed and before the body is read.
 */
public interface Authentication {

    /**
     * Identifies the caller from the first line and the headers. The body is not read yet and must not be read here.
     * Returns at once, on the event loop of the call's connection; the stage may complete later, on any thread. If it
     * fails, the call is answered with 500.
     */
    CompletionStage<Caller> caller(HttpServerRequest request);
}
