package io.vlink.events.rules;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import org.jspecify.annotations.Nullable;

/**
 * Which frames a rule is for.
 *
 * @param label the tag that the frame must bear; absent: any frame that comes in at the port
 */
public record Match(PortNumber inPort, @Nullable Label label) {}
