@NullMarked
package io.vlink.path.topology;

import org.jspecify.annotations.NullMarked;
