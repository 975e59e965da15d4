/**
 * The forms of internal records: schema numbers, and the conversions from one number to the next and back. Knows
 * records as JSON only, and nothing of their places in Kafka.
 */
@NullMarked
package io.vlink.log.schema;

import org.jspecify.annotations.NullMarked;
