package io.vlink.networkapi.reading;

/**
 * The declaration in one document.
 *
 * @param id the id of the thing declared
 * @param spec its specification
 */
public record Declaration<I, S>(I id, S spec) {}
