@NullMarked
package io.vlink.operator.request;

import org.jspecify.annotations.NullMarked;
