@NullMarked
package io.vlink.networkapi.bulk;

import org.jspecify.annotations.NullMarked;
