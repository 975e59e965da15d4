package io.vlink.networkapi.rest;

/**
 * What came of one write, when it is answered.
 *
 * @param status the HTTP status
 * @param generation that of the record as it is now; 0 where there was none
 * @param changed false where it was so already
 * @param created true where it did not exist before
 */
public record Effect(int status, long generation, boolean changed, boolean created) {

    static final Effect NOTHING_LEFT = new Effect(204, 0, false, false);
}
