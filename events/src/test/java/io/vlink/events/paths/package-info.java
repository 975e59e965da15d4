@NullMarked
package io.vlink.events.paths;

import org.jspecify.annotations.NullMarked;
