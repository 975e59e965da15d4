/** An overlay with its users, switches and services, for tests. Tests declare and report in short form, and restart it from its records. */
@NullMarked
package io.vlink.path.sample;

import org.jspecify.annotations.NullMarked;
