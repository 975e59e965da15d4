@NullMarked
package io.vlink.networkapi.usage;

import org.jspecify.annotations.NullMarked;
