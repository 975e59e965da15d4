package io.vlink.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.vlink.events.Recent;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads instants as Jackson does, with a cache of recent ones, because records that a service writes in one turn share
 * them. The cache covers many turns, because a status keeps the transition time of each condition.
 */
final class SharedInstants extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1L;
    private static final Recent<String, Instant> READ = new Recent<>(2048, Instant::parse);

    SharedInstants() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            try {
                return READ.of(parser.getText());
            } catch (DateTimeException e) {
                // Jackson accepts more than ISO 8601 in UTC, and reports errors for the rest.
                return InstantDeserializer.INSTANT.deserialize(parser, context);
            }
        }
        return InstantDeserializer.INSTANT.deserialize(parser, context);
    }
}
