@NullMarked
package io.vlink.events.text;

import org.jspecify.annotations.NullMarked;
