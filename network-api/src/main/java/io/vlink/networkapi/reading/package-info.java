/**
 * Tolerant reading of what users write, strict in meaning: documents become specifications, or every violation that they
 * contain, each with its JSON path. Pure.
 */
@NullMarked
package io.vlink.networkapi.reading;

import org.jspecify.annotations.NullMarked;
