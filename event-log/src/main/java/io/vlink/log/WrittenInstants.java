package io.vlink.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.vlink.events.Recent;
import java.io.IOException;
import java.time.Instant;

/**
 * Writes instants as Jackson does, with a cache of the texts of recent ones, because records written in one turn share
 * them.
 */
final class WrittenInstants extends StdScalarSerializer<Instant> {

    private static final long serialVersionUID = 1L;
    private static final Recent<Instant, String> WRITTEN = new Recent<>(256, Instant::toString);

    WrittenInstants() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(WRITTEN.of(instant));
    }
}
