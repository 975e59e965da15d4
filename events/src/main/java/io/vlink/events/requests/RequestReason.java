package io.vlink.events.requests;

import io.vlink.events.Reason;

/** Why network-api does not record what was asked for. */
public enum RequestReason implements Reason {
    /** It is no JSON or YAML, or not of the form that is expected. */
    Malformed,
    /** A field that must be there is missing. */
    Missing,
    /** A field that is not known. */
    UnknownField,
    /** A field is given twice, or a list names something twice. */
    Duplicate,
    /** A value of another type than is expected. */
    WrongType,
    /** A word that is none of those that are known. */
    UnknownValue,
    /** A number out of its range, or a list that is too long. */
    OutOfRange,
    /** Text that is no number. */
    NotANumber,
    /** A number with a fraction that comes to no whole unit. */
    NotWhole,
    /** Text with characters that it must not have. */
    InvalidText,
    /** A name that is none. */
    InvalidName,
    /** An address that is none. */
    InvalidAddress,
    /** A datapath id that is none. */
    InvalidDatapathId,
    /** A port that is none. */
    InvalidPort,
    /** Both ends are the same. */
    EndsEqual,
    /** The way back joins other ends than the way there. */
    EndsDiffer,
    /** Two places that must say the same do not. */
    Mismatch,
    /** The record's key names another subject than the request. */
    KeyMismatch,
    /** It is not built yet. */
    NotSupported,
    /** The generation is another than the one that was named. */
    GenerationMismatch,
    /** It is not recorded. */
    Unknown,
    /** It contradicts what is recorded. */
    Conflict,
    /** Others use it still. */
    InUse,
    /** There are more violations than are listed. */
    TooMany
}
