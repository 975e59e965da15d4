package io.vlink.networkapi.messaging;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vlink.events.counters.RuleCounters;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.schema.UnreadableEvent;
import io.vlink.networkapi.view.HeldCounters;
import java.io.IOException;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counters as recorded in Kafka, not parsed yet.
 *
 * @param entry the record; not a tombstone
 * @param readAt the record's {@code readAt}
 */
record RecordedCounters(Entry entry, Instant readAt) implements HeldCounters {

    private static final Logger LOG = Logger.getLogger(RecordedCounters.class);
    private static final String READ_AT = "readAt";

    /**
     * Reads only {@code readAt} from a value.
     *
     * @throws IOException if it is missing or malformed
     */
    static Instant readAt(byte[] value) throws IOException {
        try (JsonParser parser = EventJson.mapper().createParser(value)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean found = READ_AT.equals(parser.currentName());
                    if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
                        return parser.readValueAs(Instant.class);
                    }
                    parser.skipChildren();
                }
            }
        }
        throw new IOException("The record does not say when the counters were read.");
    }

    @Override
    public @Nullable RuleCounters read() {
        try {
            return EventJson.read(entry, RuleCounters.class);
        } catch (UnreadableEvent e) {
            LOG.debugf("Counters of %s are not shown: %s", entry.key(), e.getMessage());
            return null;
        }
    }
}
