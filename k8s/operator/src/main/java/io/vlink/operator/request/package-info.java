/** The requests that the operator makes for a resource, and their answers. Pure. */
@NullMarked
package io.vlink.operator.request;

import org.jspecify.annotations.NullMarked;
