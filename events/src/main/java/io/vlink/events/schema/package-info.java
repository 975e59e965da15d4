/**
 * Annotations that say more about the component of a record than its type does. The published schemas contain what they
 * say; services do not read them.
 */
@NullMarked
package io.vlink.events.schema;

import org.jspecify.annotations.NullMarked;
