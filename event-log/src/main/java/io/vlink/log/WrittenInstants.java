package io.vlink.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes instants as Jackson does, with a cache of the texts of recent ones, because records written in one turn share
 * them.
 */
final class WrittenInstants extends StdScalarSerializer<Instant> {

    private static final long serialVersionUID = 1L;
    /** A power of two. */
    private static final int KEPT = 256;

    private static final AtomicReferenceArray<@Nullable InstantText> WRITTEN = new AtomicReferenceArray<>(KEPT);

    private record InstantText(Instant instant, String text) {}

    WrittenInstants() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(text(instant));
    }

    private static String text(Instant instant) {
        int hash = instant.hashCode();
        int slot = (hash ^ hash >>> 16) & (KEPT - 1);
        InstantText last = WRITTEN.getAcquire(slot);
        if (last != null && last.instant().equals(instant)) {
            return last.text();
        }
        String text = instant.toString();
        WRITTEN.setRelease(slot, new InstantText(instant, text));
        return text;
    }
}
