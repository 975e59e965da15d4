package io.vlink.networkapi.reading;

/**
 * What one document declares.
 *
 * @param id the name of the thing
 * @param spec what it is to be
 */
public record Declaration<I, S>(I id, S spec) {}
