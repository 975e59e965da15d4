@NullMarked
package io.vlink.operator.network;

import org.jspecify.annotations.NullMarked;
