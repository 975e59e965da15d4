/** Requests on behalf of resources, and their answers. Pure. */
@NullMarked
package io.vlink.operator.wish;

import org.jspecify.annotations.NullMarked;
