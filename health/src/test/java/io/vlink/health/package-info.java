@NullMarked
package io.vlink.health;

import org.jspecify.annotations.NullMarked;
