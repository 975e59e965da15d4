@NullMarked
package io.vlink.networkapi.chain;

import org.jspecify.annotations.NullMarked;
