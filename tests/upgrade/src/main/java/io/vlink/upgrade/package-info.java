/**
 * Recorded contents of Kafka and switches of earlier builds, made by {@code tests/upgrade/record}. A newer build must
 * keep them unchanged.
 */
@NullMarked
package io.vlink.upgrade;

import org.jspecify.annotations.NullMarked;
