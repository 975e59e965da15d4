/** The service's Kafka edge: translates records to and from the recorder and the view, and decides nothing itself. */
@NullMarked
package io.vlink.networkapi.messaging;

import org.jspecify.annotations.NullMarked;
