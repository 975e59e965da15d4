/** Measures a running suite from outside, by what its users and its topics see, beside the floor of what it runs on. */
@NullMarked
package io.vlink.bench;

import org.jspecify.annotations.NullMarked;
