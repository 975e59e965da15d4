package io.vlink.networkapi.chain;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.view.View;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Begins a stop. Calls that wait for a vlink get their answer within a second: it takes longer (202). Writes in
 * progress are still recorded and answered. New calls are refused: Quarkus waits for the last answer, but would still
 * accept calls meanwhile and cut them off.
 */
@Singleton
final class Draining implements Handler<RoutingContext> {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final View view;
    private final RawAnswers answers;
    private volatile boolean stopping;

    Draining(View view, RawAnswers answers) {
        this.view = view;
        this.answers = answers;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
        view.drain(GRACE);
    }

    @Override
    public void handle(RoutingContext context) {
        if (stopping) {
            answers.problem(context, Problem.ProblemType.UNAVAILABLE, "This instance is stopping.");
        } else {
            context.next();
        }
    }
}
