package io.vlink.networkapi.stream;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.Follower;
import io.vlink.networkapi.view.View;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves {@code GET /v1/events}. It is not a resource method, to bound the memory used by a slow caller. Routes are
 * made before Kafka's channels, so beans that need those are looked up at each call.
 */
@Singleton
public final class EventsRoute implements Handler<RoutingContext> {

    /** The path it is served at. */
    public static final String PATH = "/v1/events";

    private final Instance<NetworkLog> log;
    private final View view;
    private final Changes changes;
    private final RawAnswers answers;
    private final NetworkApiConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Set<EventsCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    EventsRoute(Instance<NetworkLog> log, View view, Changes changes, RawAnswers answers, NetworkApiConfig config) {
        this.log = log;
        this.view = view;
        this.changes = changes;
        this.answers = answers;
        this.config = config;
    }

    /** Ends all streams. Clients continue from their position at another instance. */
    void drain(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
        calls.forEach(EventsCall::end);
    }

    @Override
    public void handle(RoutingContext context) {
        if (!context.request().method().equals(HttpMethod.GET)) {
            answers.methodNotAllowed(context, "GET");
        } else if (!log.get().isLoaded()) {
            answers.problem(
                    context, Problem.ProblemType.UNAVAILABLE, "The service is still loading its data from Kafka.");
        } else {
            try {
                MultiMap query = context.queryParams();
                follow(context, Subscription.of(query, context.request().getHeader("Last-Event-ID")));
            } catch (ProblemException e) {
                answers.problem(context, Problem.ProblemType.BAD_REQUEST, String.valueOf(e.getMessage()));
            }
        }
    }

    private void follow(RoutingContext context, Subscription subscription) {
        HttpServerResponse response = context.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Follower follower =
                new Follower(view, changes, subscription.filter(), subscription.enter(changes, clock.instant()));
        EventsCall call = new EventsCall(
                context.vertx().getOrCreateContext(), response, changes, follower, new EventText(answers), clock);
        calls.add(call);
        call.start(context.vertx(), config.rest().heartbeat(), () -> calls.remove(call));
        if (stopping) {
            call.end(); // the stop began meanwhile
        }
    }
}
