package io.vlink.networkapi.bulk;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.http.Call;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.identity.Caller;
import io.vlink.networkapi.messaging.NetworkLog;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;

/**
 * Serves {@code POST /v1/bulk}. It is not a resource method, because those read the whole body first or block a thread.
 * Routes are made before Kafka's channels, so beans that need those are looked up at each call.
 */
@Singleton
public final class BulkRoute implements Handler<RoutingContext> {

    /** The path it is served at. */
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

    /** Answers every call to this path. The body has its own limits. */
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
                    Problem.ProblemType.BAD_REQUEST,
                    "This path takes no query parameters. Ask for dry runs one by one, on the path of the network, node or link.");
            return;
        }
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!TAKEN.contains(bare)) {
            answers.problem(
                    context,
                    Problem.ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "The media type must be %s, with one request on each line; it is %s."
                            .formatted(NDJSON, type == null ? "missing" : type));
        } else if (!log.get().isLoaded()) {
            answers.problem(
                    context, Problem.ProblemType.UNAVAILABLE, "The service is still loading its data from Kafka.");
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
