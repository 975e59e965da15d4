@NullMarked
package io.vlink.networkapi.reading;

import org.jspecify.annotations.NullMarked;
