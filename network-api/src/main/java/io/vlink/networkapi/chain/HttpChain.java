package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.bulk.BulkRoute;
import io.vlink.networkapi.stream.EventsRoute;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The steps that every call passes in order, until one answers it. Nothing else adds a route, and nothing else filters
 * calls for Quarkus REST. All steps run before Quarkus handles a call, its own authentication included, since bulk and
 * events answer before that. Quarkus' own pages ({@code /q}) are for operators of the service.
 */
@Singleton
final class HttpChain {

    /** The lowest route order. Quarkus places only its access log here, and reads bodies later. */
    private static final int FIRST = Integer.MIN_VALUE;

    // After the routes, Quarkus REST looks for a resource method, with these filters in this order.

    /** Runs before the resource method is looked up: short paths have no methods. */
    static final int SHORT_PATHS = 1;

    /** Runs once the method is found: it defines the known query parameters. */
    static final int UNKNOWN_PARAMETERS = 2;

    /** The calls that a step sees. */
    sealed interface Where {

        /** Every call. */
        record Everywhere() implements Where {}

        /** All calls except those to Quarkus' own pages, whether or not something is served there. */
        record Api() implements Where {}

        /** One path. */
        record At(String path) implements Where {}
    }

    private static final Where EVERYWHERE = new Where.Everywhere();
    private static final Where API = new Where.Api();

    /**
     * One step.
     *
     * @param name name of its route
     * @param why reason for its place in the order
     */
    record ChainStep(String name, Where where, Handler<RoutingContext> handler, String why) {}

    private final List<ChainStep> steps;

    HttpChain(
            Heads heads,
            Draining draining,
            OddCalls oddCalls,
            Identifying identifying,
            Doubting doubting,
            BulkRoute bulk,
            EventsRoute events,
            Bodies bodies) {
        steps = List.of(
                new ChainStep(
                        "heads",
                        EVERYWHERE,
                        heads,
                        "All other steps read the first line or the headers, so both are bounded first."),
                new ChainStep(
                        "draining", API, draining, "A stopping instance starts nothing, not even authentication."),
                new ChainStep("odd-calls", API, oddCalls, "From here on, every step reads a path in the same way."),
                new ChainStep(
                        "identifying", API, identifying, "Nothing is shown, changed or read of a body before it."),
                new ChainStep(
                        "doubting", API, doubting, "Doubts about Kafka's data are shown to accepted callers only."),
                new ChainStep("bulk", new Where.At(BulkRoute.PATH), bulk, "It streams its own body, of any length."),
                new ChainStep("events", new Where.At(EventsRoute.PATH), events, "It has no body and does not end."),
                new ChainStep(
                        "bodies",
                        API,
                        bodies,
                        "The body of all other calls is bounded before Quarkus refuses it with an empty answer."));
    }

    /** The names of the steps, in order. */
    List<String> names() {
        return steps.stream().map(ChainStep::name).toList();
    }

    void lay(@Observes Router router) {
        int order = FIRST;
        for (ChainStep step : steps) {
            Route route = step.where() instanceof Where.At at ? router.route(at.path()) : router.route();
            route.setName(step.name()).order(order++).handler(handler(step));
        }
    }

    private static Handler<RoutingContext> handler(ChainStep step) {
        return switch (step.where()) {
            case Where.Everywhere all -> step.handler();
            case Where.At at -> step.handler();
            case Where.Api api -> unlessOfQuarkus(step.handler());
        };
    }

    private static Handler<RoutingContext> unlessOfQuarkus(Handler<RoutingContext> handler) {
        return context -> {
            String path = context.normalizedPath();
            if (path.startsWith("/q") && (path.length() == 2 || path.charAt(2) == '/')) {
                context.next();
            } else {
                handler.handle(context);
            }
        };
    }
}
