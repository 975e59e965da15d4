@NullMarked
package io.vlink.networkapi.messaging;

import org.jspecify.annotations.NullMarked;
