@NullMarked
package io.vlink.events.rules;

import org.jspecify.annotations.NullMarked;
