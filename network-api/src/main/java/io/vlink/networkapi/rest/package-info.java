/**
 * Code that all REST resources share: documents in and out, conditions, preferences, waiting, and problems (RFC 9457).
 */
@NullMarked
package io.vlink.networkapi.rest;

import org.jspecify.annotations.NullMarked;
