/** The running services, as each instance reports itself. */
@NullMarked
package io.vlink.events.services;

import org.jspecify.annotations.NullMarked;
