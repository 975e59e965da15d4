package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.messaging.NetworkLog;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Refuses writes while Kafka's data is in doubt: they would be recorded next to data that is missing. Reads show the
 * last known state. Dry runs record nothing and pass.
 */
@Singleton
final class Doubting implements Handler<RoutingContext> {

    private static final Set<HttpMethod> WRITES =
            Set.of(HttpMethod.PUT, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE);

    /** Looked up at each call: routes are made before the beans that connect to Kafka. */
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
            answers.problem(context, Problem.ProblemType.UNAVAILABLE, "Nothing is recorded now. " + doubt);
        }
    }

    private static boolean isDryRun(RoutingContext context) {
        String query = context.request().query();
        return query != null && query.contains("dryRun=true");
    }
}
