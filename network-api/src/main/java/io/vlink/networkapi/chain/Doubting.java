package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.rest.Problem;
import io.vlink.networkapi.rest.RawAnswers;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Refuses to record anything while Kafka's data is in doubt: it would be recorded beside what is missing there. What is shown
 * is shown as it was known last. Dry runs record nothing.
 */
@Singleton
final class Doubting implements Handler<RoutingContext> {

    private static final Set<HttpMethod> WRITES =
            Set.of(HttpMethod.PUT, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE);

    /** Routes are laid before there is anything that could connect to Kafka. */
    private final Instance<NetworkLog> log;

    private final RawAnswers answers;

    Doubting(Instance<NetworkLog> log, RawAnswers answers) {
        this.log = log;
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext context) {
        String doubt = WRITES.contains(context.request().method()) && !isDryRun(context)
                ? log.get().inDoubt()
                : null;
        if (doubt == null) {
            context.next();
        } else {
            answers.problem(context, Problem.Kind.UNAVAILABLE, "Nothing is recorded now. " + doubt);
        }
    }

    private static boolean isDryRun(RoutingContext context) {
        String query = context.request().query();
        return query != null && query.contains("dryRun=true");
    }
}
