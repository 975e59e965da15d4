@NullMarked
package io.vlink.path.decision;

import org.jspecify.annotations.NullMarked;
