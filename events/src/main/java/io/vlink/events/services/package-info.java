/** Which services are there, as each instance says itself. */
@NullMarked
package io.vlink.events.services;

import org.jspecify.annotations.NullMarked;
