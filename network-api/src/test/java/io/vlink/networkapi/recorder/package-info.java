@NullMarked
package io.vlink.networkapi.recorder;

import org.jspecify.annotations.NullMarked;
