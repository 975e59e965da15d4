package io.vlink.networkapi.identity;

import io.quarkus.arc.DefaultBean;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accepts every caller without authentication. */
@DefaultBean
@Singleton
final class Anybody implements Authentication {

    private static final CompletableFuture<Caller> PASSES = CompletableFuture.completedFuture(Caller.ANONYMOUS);

    @Override
    public CompletionStage<Caller> caller(HttpServerRequest request) {
        return PASSES;
    }
}
