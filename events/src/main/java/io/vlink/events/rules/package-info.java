/** What is wanted in one switch for one network, and whether the switch confirmed it. */
@NullMarked
package io.vlink.events.rules;

import org.jspecify.annotations.NullMarked;
