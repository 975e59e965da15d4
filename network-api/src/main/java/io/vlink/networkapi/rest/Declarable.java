package io.vlink.networkapi.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.reading.Declaration;
import io.vlink.networkapi.reading.DocumentScope;
import io.vlink.networkapi.reading.Reading;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of thing that users declare.
 *
 * @param target finds a thing in the view
 * @param reader reads a document that declares it
 * @param declare makes the request that records it
 * @param withdraw makes the request that removes it
 */
public record Declarable<I, S>(
        Function<I, Target> target,
        BiFunction<ObjectNode, DocumentScope, Reading<Declaration<I, S>>> reader,
        Declare<I, S> declare,
        Withdraw<I> withdraw) {

    /** Makes a request that records something. */
    @FunctionalInterface
    public interface Declare<I, S> {
        Request request(String requestId, I id, @Nullable Long ifGeneration, S spec, @Nullable String requestedBy);
    }

    /** Makes a request that removes something. */
    @FunctionalInterface
    public interface Withdraw<I> {
        Request request(String requestId, I id, @Nullable Long ifGeneration, @Nullable String requestedBy);
    }
}
