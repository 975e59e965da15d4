@NullMarked
package io.vlink.topics;

import org.jspecify.annotations.NullMarked;
