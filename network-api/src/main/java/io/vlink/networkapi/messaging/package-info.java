/** The Kafka edge: translates records to and from the recorder and the view. Decides nothing itself. */
@NullMarked
package io.vlink.networkapi.messaging;

import org.jspecify.annotations.NullMarked;
