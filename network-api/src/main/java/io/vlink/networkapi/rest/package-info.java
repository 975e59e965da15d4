/** The reads and writes that all REST resources share: preconditions, preferences, waiting for a phase, answers. */
@NullMarked
package io.vlink.networkapi.rest;

import org.jspecify.annotations.NullMarked;
