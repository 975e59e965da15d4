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
 * What every call goes through, from top to bottom, until something answers it. Nothing else lays a route, and nothing else
 * filters what Quarkus REST is given. All of it stands before what Quarkus does with a call, its own authentication
 * included, since bulk and events answer before that; Quarkus' own pages ({@code /q}) are for whoever runs the service.
 */
@Singleton
final class HttpChain {

    /** The first order that there is: Quarkus puts nothing but its log of calls here, and begins with bodies behind. */
    private static final int FIRST = Integer.MIN_VALUE;

    // Behind the routes, Quarkus REST looks for a method of a resource, with these filters in this order.

    /** Before the method is looked for: short paths have no methods. */
    static final int SHORT_PATHS = 1;

    /** Once the method is found: it says what is known in a query. */
    static final int UNKNOWN_PARAMETERS = 2;

    /** Which calls a step sees. */
    sealed interface Where {

        /** Whatever comes. */
        record Everywhere() implements Where {}

        /** All but Quarkus' own pages, whether anything is served there or not. */
        record Api() implements Where {}

        /** One path. */
        record At(String path) implements Where {}
    }

    private static final Where EVERYWHERE = new Where.Everywhere();
    private static final Where API = new Where.Api();

    /**
     * One step.
     *
     * @param name of its route
     * @param why it stands where it does
     */
    record Step(String name, Where where, Handler<RoutingContext> handler, String why) {}

    private final List<Step> steps;

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
                new Step(
                        "heads",
                        EVERYWHERE,
                        heads,
                        "All others look at the first line or the headers: both are bounded."),
                new Step("draining", API, draining, "Who stops begins nothing, not even to find out who calls."),
                new Step("odd-calls", API, oddCalls, "From here on a path means one thing to whoever reads it."),
                new Step("identifying", API, identifying, "Nothing is told, changed, or read of a body before."),
                new Step("doubting", API, doubting, "What is wrong with Kafka's data is told to those who may call."),
                new Step("bulk", new Where.At(BulkRoute.PATH), bulk, "It reads its own body, without end."),
                new Step("events", new Where.At(EventsRoute.PATH), events, "It has no body, and does not end."),
                new Step(
                        "bodies",
                        API,
                        bodies,
                        "Of all other calls the body is bounded, before Quarkus refuses it without a word."));
    }

    /** The names of the steps, in order. */
    List<String> names() {
        return steps.stream().map(Step::name).toList();
    }

    void lay(@Observes Router router) {
        int order = FIRST;
        for (Step step : steps) {
            Route route = step.where() instanceof Where.At at ? router.route(at.path()) : router.route();
            route.setName(step.name()).order(order++).handler(handler(step));
        }
    }

    private static Handler<RoutingContext> handler(Step step) {
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
