package io.vlink.networkapi.view;

import org.jspecify.annotations.Nullable;

/**
 * One record that changed something.
 *
 * @param partition where it stands, of the kind's topic
 * @param json the whole state of the key from now on, as it stands in Kafka; absent: it is gone
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Change(Kind kind, String key, int partition, long offset, byte @Nullable [] json) {}
