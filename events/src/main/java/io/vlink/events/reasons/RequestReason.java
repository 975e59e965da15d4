package io.vlink.events.reasons;

import io.vlink.events.text.Word;

/** Reasons why network-api does not record a request. */
public enum RequestReason implements Reason {
    /** The request is not JSON or YAML, or not of the expected form. */
    MALFORMED,
    /** A required field is missing. */
    MISSING,
    /** A field is unknown. */
    UNKNOWN_FIELD,
    /** A field is given twice, or a list names the same thing twice. */
    DUPLICATE,
    /** A value has another type than expected. */
    WRONG_TYPE,
    /** A word is not one of the known words. */
    UNKNOWN_VALUE,
    /** A number is out of range, or a list is too long. */
    OUT_OF_RANGE,
    /** A text is not a number. */
    NOT_A_NUMBER,
    /** A number has a fraction that is not a multiple of the smallest unit. */
    NOT_WHOLE,
    /** A text has characters that are not allowed. */
    INVALID_TEXT,
    /** A name is invalid. */
    INVALID_NAME,
    /** An address is invalid. */
    INVALID_ADDRESS,
    /** A datapath id is invalid. */
    INVALID_DATAPATH_ID,
    /** A port is invalid. */
    INVALID_PORT,
    /** Both ends are the same. */
    ENDS_EQUAL,
    /** The reverse path joins other ends than the forward path. */
    ENDS_DIFFER,
    /** Two values that must be equal differ. */
    MISMATCH,
    /** The record's key names another subject than the request. */
    KEY_MISMATCH,
    /** The feature is not implemented yet. */
    NOT_SUPPORTED,
    /** The recorded generation is not the one that the request names. */
    GENERATION_MISMATCH,
    /** The subject is not recorded. */
    UNKNOWN,
    /** The request contradicts what is recorded. */
    CONFLICT,
    /** Others still use the subject. */
    IN_USE,
    /** There are more violations than are listed. */
    TOO_MANY;

    private final String word = Word.of(name());

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
