package io.vlink.networkapi.chain;

import io.vertx.core.http.HttpServerRequest;
import io.vlink.networkapi.identity.Authentication;
import io.vlink.networkapi.identity.Caller;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Accepts any name: {@code Name alice} is alice at once, and {@code Later alice} is alice after an answer from another
 * thread. Any other value is refused or makes authentication fail. A call without a value is anonymous.
 */
@Singleton
public final class Doorkeeper implements Authentication {

    @Override
    public CompletionStage<Caller> caller(HttpServerRequest request) {
        String[] said = Objects.requireNonNullElse(request.getHeader("Authorization"), "")
                .split(" ", 2);
        return switch (said[0]) {
            case "" -> CompletableFuture.completedFuture(Caller.ANONYMOUS);
            case "Name" -> CompletableFuture.completedFuture(new Caller.Identified(said[1]));
            case "Later" -> CompletableFuture.supplyAsync(() -> new Caller.Identified(said[1]));
            case "Fails" -> CompletableFuture.failedFuture(new IllegalStateException("The registry is away."));
            case "Throws" -> throw new IllegalStateException("The registry is away.");
            default -> CompletableFuture.completedFuture(new Caller.Rejected("Name", "Say your name."));
        };
    }
}
