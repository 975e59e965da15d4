/** What is asked for on behalf of a resource, and what was answered. Pure. */
@NullMarked
package io.vlink.operator.wish;

import org.jspecify.annotations.NullMarked;
