@NullMarked
package io.vlink.networkapi.http;

import org.jspecify.annotations.NullMarked;
