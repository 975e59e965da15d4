package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.http.Representations;
import io.vlink.networkapi.reading.Documents;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * Refuses bodies that are too large or arrive too slowly, with a {@link Problem}. The framework would close the
 * connection or answer with an empty body, and waits for a slow one without end. A body without a declared length is
 * read here, up to the limit.
 */
@Singleton
final class Bodies implements Handler<RoutingContext> {

    /** The methods whose body is read to its end before the call is served. */
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.PUT, HttpMethod.POST);

    private final RawAnswers answers;
    private final Duration deadline;

    Bodies(RawAnswers answers, NetworkApiConfig config) {
        this.answers = answers;
        this.deadline = config.rest().bodyDeadline();
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (WITH_BODY.contains(request.method()) && !request.isEnded()) {
            limit(context);
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            if (isTooLarge(length)) {
                refuse(context);
            } else {
                context.next();
            }
        } else if (request.isEnded() || request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            context.next();
        } else {
            read(context, request);
        }
    }

    /** Ends the call if its body has not arrived in time. */
    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        long timer = context.vertx().setTimer(deadline.toMillis(), late -> {
            if (!request.isEnded()) {
                context.addEndHandler(answered -> request.connection().close());
                answers.problem(
                        context,
                        Problem.ProblemType.SLOW,
                        "The body did not arrive within %d s. Send it at once.".formatted(deadline.toSeconds()));
            }
        });
        context.addEndHandler(answered -> context.vertx().cancelTimer(timer));
    }

    private void read(RoutingContext context, HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= Documents.MAX_BYTES) {
                body.appendBuffer(chunk);
                if (body.length() > Documents.MAX_BYTES) {
                    refuse(context);
                }
            }
        });
        request.endHandler(end -> {
            if (body.length() <= Documents.MAX_BYTES) {
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            }
        });
        request.resume();
    }

    private void refuse(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        answers.problem(context, Problem.ProblemType.TOO_LARGE, Representations.TOO_LARGE);
    }

    private static boolean isTooLarge(String length) {
        return length.length() > 9 || (length.matches("[0-9]+") && Integer.parseInt(length) > Documents.MAX_BYTES);
    }
}
