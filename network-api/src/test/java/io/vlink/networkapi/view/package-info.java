@NullMarked
package io.vlink.networkapi.view;

import org.jspecify.annotations.NullMarked;
