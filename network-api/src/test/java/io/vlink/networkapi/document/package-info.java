@NullMarked
package io.vlink.networkapi.document;

import org.jspecify.annotations.NullMarked;
