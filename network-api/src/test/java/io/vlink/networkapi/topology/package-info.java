@NullMarked
package io.vlink.networkapi.topology;

import org.jspecify.annotations.NullMarked;
