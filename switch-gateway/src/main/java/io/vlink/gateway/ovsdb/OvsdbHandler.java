package io.vlink.gateway.ovsdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to an OVSDB server: requests monitoring, answers echoes, reports updates. */
final class OvsdbHandler extends SimpleChannelInboundHandler<ByteBuf> {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String MONITOR_ID = "monitor";

    private final BridgeRows rows = new BridgeRows();
    private final Consumer<BridgeRows> told;
    private final Consumer<String> broken;
    private final Map<String, Consumer<Optional<String>>> transactions = new HashMap<>();
    private @Nullable ChannelHandlerContext context;
    private long transactionsSent;
    private boolean asked;
    private boolean ended;
    private boolean hung;

    /**
     * Creates the handler of one connection.
     *
     * @param told called after every update
     * @param broken called with the reason when the connection breaks
     */
    OvsdbHandler(Consumer<BridgeRows> told, Consumer<String> broken) {
        this.told = told;
        this.broken = broken;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        send(ctx, "{\"method\":\"monitor\",\"params\":%s,\"id\":\"%s\"}".formatted(BridgeRows.MONITOR, MONITOR_ID));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf json) throws IOException {
        if (ended) {
            return;
        }
        asked = false;
        JsonNode message;
        try (var in = new ByteBufInputStream(json)) {
            message = MAPPER.readTree((InputStream) in);
        } catch (JsonProcessingException e) {
            throw new HostileAnswer("It sent invalid JSON: " + e.getOriginalMessage());
        }
        switch (message.path("method").asText()) {
            case "echo" ->
                send(
                        ctx,
                        "{\"id\":%s,\"result\":%s,\"error\":null}"
                                .formatted(message.path("id"), message.path("params")));
            case "update" -> {
                rows.update(message.path("params").path(1));
                told.accept(rows);
            }
            default -> answered(message);
        }
    }

    /**
     * Runs all of the operations, or none of them (RFC 7047 §4.1.3).
     *
     * @param done called with the server's error, if any; not called if the connection breaks before the server answers
     */
    void transact(ArrayNode operations, Consumer<Optional<String>> done) {
        if (context == null || ended) {
            return;
        }
        String id = "transaction " + ++transactionsSent;
        transactions.put(id, done);
        ChannelHandlerContext ctx = context;
        var timeout = ctx.executor()
                .schedule(
                        () -> {
                            if (transactions.containsKey(id) && ctx.channel().isActive()) {
                                ctx.fireExceptionCaught(new HostileAnswer(
                                        "It did not answer a transaction for %d s.".formatted(ANSWER.toSeconds())));
                            }
                        },
                        ANSWER.toMillis(),
                        TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(closed -> timeout.cancel(false));
        ObjectNode request = MAPPER.createObjectNode();
        request.put("method", "transact").put("id", id);
        request.set("params", operations);
        send(context, request.toString());
    }

    private void answered(JsonNode message) {
        Consumer<Optional<String>> done = transactions.remove(message.path("id").asText());
        if (done != null) {
            done.accept(refusal(message));
            return;
        }
        if (!message.path("id").asText().equals(MONITOR_ID)) {
            return;
        }
        if (!message.path("error").isNull() && !message.path("error").isMissingNode()) {
            throw new HostileAnswer("It refused the monitor request: " + message.path("error"));
        }
        rows.update(message.path("result"));
        told.accept(rows);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            if (asked) {
                throw new HostileAnswer("It sent nothing for 10 s.");
            }
            asked = true;
            send(ctx, "{\"method\":\"echo\",\"params\":[],\"id\":\"echo\"}");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("The connection was closed.");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        hung = cause instanceof HostileAnswer;
        end(String.valueOf(cause.getMessage()));
        ChannelFuture unused = ctx.close();
    }

    /** Returns whether the server was reachable, but did not do what it was asked. */
    boolean isHung() {
        return hung;
    }

    private void end(String reason) {
        if (!ended) {
            ended = true;
            broken.accept(reason);
        }
    }

    /** Returns the error of the transaction, or of the operation that failed; absent: it succeeded. */
    private static Optional<String> refusal(JsonNode message) {
        if (!message.path("error").isNull() && !message.path("error").isMissingNode()) {
            return Optional.of(message.path("error").toString());
        }
        for (JsonNode result : message.path("result")) {
            if (result.hasNonNull("error")) {
                return Optional.of("%s (%s)"
                        .formatted(
                                result.path("error").asText(),
                                result.path("details").asText("no details")));
            }
        }
        return Optional.empty();
    }

    private static void send(ChannelHandlerContext ctx, String json) {
        ChannelFuture unused =
                ctx.writeAndFlush(ctx.alloc().buffer().writeBytes(json.getBytes(StandardCharsets.UTF_8)));
    }
}
