package io.vlink.gateway.messaging;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.possession.Decision;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The switches that are left alone. {@code GET /v1/possession} lists them with reasons, and says whether they keep the
 * suite from being ready ({@code doubt}, null: they do not). {@code POST /v1/possession} decides: {@code {"decision":
 * "adopt" or "clear", "switches": ["<datapath id>", …]}}; without {@code switches}: all of them.
 */
@Singleton
class PossessionRoute {

    private static final String PATH = "/v1/possession";
    private static final long LONGEST = 1L << 20;

    /** Routes are set up before anything connects to Kafka, and so before the gateway exists. */
    private final Instance<Gateway> gateway;

    PossessionRoute(Instance<Gateway> gateway) {
        this.gateway = gateway;
    }

    void routes(@Observes Router router) {
        router.get(PATH).handler(this::show);
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST))
                .handler(this::decide);
    }

    private void show(RoutingContext context) {
        JsonArray left = new JsonArray();
        gateway.get()
                .leftAlone()
                .reasons()
                .forEach((id, reason) -> left.add(
                        new JsonObject().put("datapathId", id.toString()).put("reason", reason)));
        answer(
                context.response(),
                200,
                new JsonObject()
                        .put("leftAlone", left)
                        .put("doubt", gateway.get().doubt()));
    }

    private void decide(RoutingContext context) {
        try {
            JsonObject asked = context.body().asJsonObject();
            if (asked == null) {
                throw new IllegalArgumentException("The body must be a JSON object with the field decision.");
            }
            Decision decision = decision(asked.getValue("decision"));
            Set<DatapathId> left = gateway.get().leftAlone().reasons().keySet();
            Set<DatapathId> meant = asked.getValue("switches") == null ? left : switches(asked.getValue("switches"));
            Set<DatapathId> others = new LinkedHashSet<>(meant);
            others.removeAll(left);
            if (!others.isEmpty()) {
                answer(context.response(), 404, error("These switches are not left alone at this gateway: " + others));
                return;
            }
            gateway.get().decide(meant, decision);
            JsonArray decided = new JsonArray();
            meant.forEach(id -> decided.add(id.toString()));
            answer(context.response(), 202, new JsonObject().put("decided", decided));
        } catch (DecodeException e) {
            answer(context.response(), 400, error("The body must be a JSON object: " + e.getMessage()));
        } catch (IllegalArgumentException | ClassCastException e) {
            answer(context.response(), 400, error(String.valueOf(e.getMessage())));
        }
    }

    private static Decision decision(Object word) {
        return switch (String.valueOf(word)) {
            case "adopt" -> Decision.ADOPT;
            case "clear" -> Decision.CLEAR;
            default ->
                throw new IllegalArgumentException("The decision (%s) must be \"adopt\" or \"clear\".".formatted(word));
        };
    }

    private static Set<DatapathId> switches(Object listed) {
        if (!(listed instanceof JsonArray ids)) {
            throw new IllegalArgumentException("The switches must be a list of datapath ids.");
        }
        Set<DatapathId> found = new LinkedHashSet<>();
        ids.forEach(id -> found.add(DatapathId.of(String.valueOf(id))));
        return found;
    }

    private static JsonObject error(String words) {
        return new JsonObject().put("error", words);
    }

    private static void answer(HttpServerResponse response, int status, JsonObject body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
