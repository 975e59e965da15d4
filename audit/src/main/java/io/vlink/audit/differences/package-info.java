/** The findings of an audit: kinds of differences, and which of them last. */
@NullMarked
package io.vlink.audit.differences;

import org.jspecify.annotations.NullMarked;
