package io.vlink.gateway.messaging;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vlink.events.DatapathId;
import io.vlink.gateway.openflow.connection.OpenFlowServer;
import io.vlink.gateway.openflow.exchanges.RawTables;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The actual tables of the switches, for {@code ./vlink audit}. {@code GET /v1/tables} lists the switches that are connected
 * here, {@code GET /v1/tables/<datapath id>} reads one. Changes nothing, and reveals no name of a tenant.
 */
@Singleton
class TablesRoute {

    private static final String PATH = "/v1/tables";
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    /** Routes are set up before anything connects to Kafka, and so before the gateway exists. */
    private final Instance<Gateway> gateway;

    TablesRoute(Instance<Gateway> gateway) {
        this.gateway = gateway;
    }

    void routes(@Observes Router router) {
        router.get(PATH).handler(this::list);
        router.get(PATH + "/:datapathId").handler(this::read);
    }

    private void list(RoutingContext context) {
        JsonArray ids = new JsonArray();
        gateway.get().datapathIds().stream().map(DatapathId::toString).sorted().forEach(ids::add);
        answer(context.response(), 200, new JsonObject().put("switches", ids));
    }

    private void read(RoutingContext context) {
        DatapathId id;
        try {
            id = DatapathId.of(Objects.requireNonNullElse(context.pathParam("datapathId"), ""));
        } catch (IllegalArgumentException e) {
            answer(context.response(), BAD_REQUEST, error(e.getMessage()));
            return;
        }
        CompletableFuture<RawTables> unused = gateway.get().tables(id).whenComplete((tables, failure) -> context.vertx()
                .runOnContext(nothing -> {
                    if (!context.response().closed()) {
                        answer(context.response(), tables, failure);
                    }
                }));
    }

    private static void answer(HttpServerResponse response, @Nullable RawTables tables, @Nullable Throwable failure) {
        if (tables != null) {
            answer(response, 200, json(tables));
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        switch (cause) {
            case NoSuchElementException unknown -> answer(response, NOT_FOUND, error(unknown.getMessage()));
            case OpenFlowServer.BusyException busy ->
                answer(response.putHeader("Retry-After", "1"), UNAVAILABLE, error(busy.getMessage()));
            case java.util.concurrent.TimeoutException silent ->
                answer(response, BAD_GATEWAY, error("The switch did not send all of its tables in time; try again."));
            case null, default -> answer(response, BAD_GATEWAY, error(cause == null ? null : cause.getMessage()));
        }
    }

    private static JsonObject json(RawTables tables) {
        JsonObject json = new JsonObject()
                .put("datapathId", tables.datapathId().toString())
                .put("openflow", tables.openflow());
        JsonObject errors = new JsonObject();
        tables.errors().forEach((kind, words) -> errors.put(name(kind), words));
        for (RawTables.Part kind : RawTables.Part.values()) {
            byte[] entries = tables.entries().get(kind);
            if (entries != null) {
                json.put(name(kind), Base64.getEncoder().encodeToString(entries));
            }
        }
        return errors.isEmpty() ? json : json.put("errors", errors);
    }

    private static String name(RawTables.Part kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject error(@Nullable String words) {
        return new JsonObject().put("error", String.valueOf(words));
    }

    private static void answer(HttpServerResponse response, int status, JsonObject body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
