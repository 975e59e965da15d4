@NullMarked
package io.vlink.audit;

import org.jspecify.annotations.NullMarked;
