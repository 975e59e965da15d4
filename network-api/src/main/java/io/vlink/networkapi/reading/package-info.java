/**
 * Reads what users write, tolerant in form and strict in meaning: turns documents into specifications, or into all
 * violations that they contain, each with its JSON path. No I/O, threads or clocks.
 */
@NullMarked
package io.vlink.networkapi.reading;

import org.jspecify.annotations.NullMarked;
