/** Which services are there. */
@NullMarked
package io.vlink.networkapi.services;

import org.jspecify.annotations.NullMarked;
