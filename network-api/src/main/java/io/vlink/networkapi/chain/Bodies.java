package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.http.Representations;
import io.vlink.networkapi.reading.Documents;
import jakarta.inject.Singleton;

/**
 * Refuses bodies that are too large with a {@link Problem}; the framework would close the connection or answer with an
 * empty body. A body without a declared length is read here, up to the limit.
 */
@Singleton
final class Bodies implements Handler<RoutingContext> {

    private final RawAnswers answers;

    Bodies(RawAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
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
