package io.vlink.networkapi.recorder;

import io.vlink.events.Topic;
import org.jspecify.annotations.Nullable;

/**
 * One record to write.
 *
 * @param record the whole state of the key; null: a tombstone
 */
public record RecordWrite(
        Topic topic, String overlay, String key, @Nullable Record record) {}
