/** The services of the suite and their instances, over REST. */
@NullMarked
package io.vlink.networkapi.services;

import org.jspecify.annotations.NullMarked;
