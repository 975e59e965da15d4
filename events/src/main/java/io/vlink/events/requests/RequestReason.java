package io.vlink.events.requests;

import io.vlink.events.Reason;

/** Reasons why network-api does not record a request. */
public enum RequestReason implements Reason {
    /** The request is not JSON or YAML, or not of the expected form. */
    Malformed,
    /** A required field is missing. */
    Missing,
    /** A field is unknown. */
    UnknownField,
    /** A field is given twice, or a list names the same thing twice. */
    Duplicate,
    /** A value has another type than expected. */
    WrongType,
    /** A word is not one of the known words. */
    UnknownValue,
    /** A number is out of range, or a list is too long. */
    OutOfRange,
    /** A text is not a number. */
    NotANumber,
    /** A number has a fraction that is not a multiple of the smallest unit. */
    NotWhole,
    /** A text has characters that are not allowed. */
    InvalidText,
    /** A name is invalid. */
    InvalidName,
    /** An address is invalid. */
    InvalidAddress,
    /** A datapath id is invalid. */
    InvalidDatapathId,
    /** A port is invalid. */
    InvalidPort,
    /** Both ends are the same. */
    EndsEqual,
    /** The reverse path joins other ends than the forward path. */
    EndsDiffer,
    /** Two values that must be equal differ. */
    Mismatch,
    /** The record's key names another subject than the request. */
    KeyMismatch,
    /** The feature is not implemented yet. */
    NotSupported,
    /** The recorded generation is not the one that the request names. */
    GenerationMismatch,
    /** The subject is not recorded. */
    Unknown,
    /** The request contradicts what is recorded. */
    Conflict,
    /** Others still use the subject. */
    InUse,
    /** There are more violations than are listed. */
    TooMany;

    private final String word = name();

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
