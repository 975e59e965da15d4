/**
 * The forms of texts: names, principals and words in records, and quantities written for people. Depends on no other
 * package of the contract.
 */
@NullMarked
package io.vlink.events.text;

import org.jspecify.annotations.NullMarked;
