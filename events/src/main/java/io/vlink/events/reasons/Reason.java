package io.vlink.events.reasons;

import io.vlink.events.text.Word;

/**
 * A reason, for programs. Each producer defines its reasons in one enumeration and writes their words to records. Words
 * never change, but more may come, so readers compare words and do not treat the list as complete.
 */
public interface Reason extends Word {}
