@NullMarked
package io.vlink.events;

import org.jspecify.annotations.NullMarked;
