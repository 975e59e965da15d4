@NullMarked
package io.vlink.networkapi.stream;

import org.jspecify.annotations.NullMarked;
