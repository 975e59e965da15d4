@NullMarked
package io.vlink.audit.comparison;

import org.jspecify.annotations.NullMarked;
