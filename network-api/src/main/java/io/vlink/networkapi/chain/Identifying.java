package io.vlink.networkapi.chain;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.identity.Authentication;
import io.vlink.networkapi.identity.Caller;
import io.vlink.networkapi.rest.Failures;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Identifies the caller, and refuses the call if that fails. */
@Singleton
final class Identifying implements Handler<RoutingContext> {

    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("WWW-Authenticate");

    private final Authentication authentication;
    private final RawAnswers answers;

    Identifying(Authentication authentication, RawAnswers answers) {
        this.authentication = authentication;
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext context) {
        CompletableFuture<Caller> caller = ask(context);
        if (caller.isDone()) {
            settle(context, caller);
        } else {
            Context loop = context.vertx().getOrCreateContext(); // the result may arrive on any thread
            var unused = caller.whenComplete((found, error) -> loop.runOnContext(now -> settle(context, caller)));
        }
    }

    private CompletableFuture<Caller> ask(RoutingContext context) {
        try {
            return authentication.caller(context.request()).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settle(RoutingContext context, CompletableFuture<Caller> caller) {
        Caller found;
        try {
            found = caller.join();
        } catch (CompletionException | CancellationException e) {
            answers.problem(
                    context,
                    Failures.problem(e, String.valueOf(context.request().path())));
            return;
        }
        switch (found) {
            case Caller.Anonymous anonymous -> context.next();
            case Caller.Identified known -> {
                context.put(Caller.KEY, known);
                context.next();
            }
            case Caller.Rejected refused -> {
                context.response().putHeader(CHALLENGE, refused.challenge());
                answers.problem(context, Problem.ProblemType.UNAUTHENTICATED, refused.detail());
            }
        }
    }
}
