@NullMarked
package io.vlink.networkapi.network;

import org.jspecify.annotations.NullMarked;
