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
 * Reads instants as Jackson does, and remembers recent ones, as records that a service writes in one turn share them. Remembers
 * those of many turns, because a status keeps the transition time of each condition.
 */
final class SharedInstants extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1L;
    private static final Recent<Instant> READ = new Recent<>(2048, Instant::parse);

    SharedInstants() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            try {
                return READ.of(parser.getText());
            } catch (DateTimeException e) {
                // Jackson understands more than ISO 8601 in UTC, and knows what to say of the rest.
                return InstantDeserializer.INSTANT.deserialize(parser, context);
            }
        }
        return InstantDeserializer.INSTANT.deserialize(parser, context);
    }
}
