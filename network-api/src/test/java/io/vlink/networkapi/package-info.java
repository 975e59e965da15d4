@NullMarked
package io.vlink.networkapi;

import org.jspecify.annotations.NullMarked;
