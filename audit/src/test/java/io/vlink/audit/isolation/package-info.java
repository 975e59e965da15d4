@NullMarked
package io.vlink.audit.isolation;

import org.jspecify.annotations.NullMarked;
