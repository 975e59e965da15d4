package io.vlink.networkapi.chain;

import io.vertx.core.http.HttpServerRequest;
import io.vlink.networkapi.identity.Authentication;
import io.vlink.networkapi.identity.Caller;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Believes what a caller says: {@code Name alice} is alice, and {@code Later alice} is found to be alice by another thread.
 * Who says anything else is refused, or breaks what asks. Of those who say nothing nothing is asked, as without it.
 */
@Singleton
public final class Doorkeeper implements Authentication {

    @Override
    public CompletionStage<Caller> caller(HttpServerRequest request) {
        String[] said = Objects.requireNonNullElse(request.getHeader("Authorization"), "")
                .split(" ", 2);
        return switch (said[0]) {
            case "" -> CompletableFuture.completedFuture(Caller.ANONYMOUS);
            case "Name" -> CompletableFuture.completedFuture(new Caller.Known(said[1]));
            case "Later" -> CompletableFuture.supplyAsync(() -> new Caller.Known(said[1]));
            case "Fails" -> CompletableFuture.failedFuture(new IllegalStateException("The registry is away."));
            case "Throws" -> throw new IllegalStateException("The registry is away.");
            default -> CompletableFuture.completedFuture(new Caller.Refused("Name", "Say your name."));
        };
    }
}
