package io.vlink.networkapi.bulk;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.identity.Caller;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.rest.Call;
import io.vlink.networkapi.rest.Problem;
import io.vlink.networkapi.rest.RawAnswers;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;

/**
 * {@code POST /v1/bulk}. Not a resource method: those have their body read before, or block a thread. Routes are made before
 * Kafka's channels, so what needs those is looked up when it is called.
 */
@Singleton
public final class BulkRoute implements Handler<RoutingContext> {

    /** Where it is served. */
    public static final String PATH = BulkItems.PATH;

    private static final String NDJSON = "application/x-ndjson";
    private static final Set<String> TAKEN =
            Set.of(NDJSON, "application/ndjson", "application/jsonl", "application/jsonlines");

    private final Instance<NetworkLog> log;
    private final Instance<BulkItems> items;
    private final RawAnswers answers;

    BulkRoute(Instance<NetworkLog> log, Instance<BulkItems> items, RawAnswers answers) {
        this.log = log;
        this.items = items;
        this.answers = answers;
    }

    /** Whatever has this path is answered here: the body has limits of its own. */
    @Override
    public void handle(RoutingContext context) {
        if (!context.request().method().equals(HttpMethod.POST)) {
            answers.methodNotAllowed(context, "POST");
            return;
        }
        String query = context.request().query();
        if (query != null && !query.isEmpty()) {
            answers.problem(
                    context,
                    Problem.Kind.BAD_REQUEST,
                    "The query: nothing is read from a query here, so it cannot be meant; dry runs are asked for one by one.");
            return;
        }
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!TAKEN.contains(bare)) {
            answers.problem(
                    context,
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be %s, one request on each line, not %s."
                            .formatted(NDJSON, type == null ? "of an unnamed type" : type));
        } else if (!log.get().isLoaded()) {
            answers.problem(context, Problem.Kind.UNAVAILABLE, "What Kafka holds is not loaded yet.");
        } else {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, NDJSON);
            new BulkCall(
                            context.vertx().getOrCreateContext(),
                            context.request(),
                            items.get(),
                            answers,
                            new BulkItems.Terms(
                                    Call.patience(context.request().headers().getAll("Prefer")),
                                    Caller.nameIn(context)))
                    .start();
        }
    }
}
