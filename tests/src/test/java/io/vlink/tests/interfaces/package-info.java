/**
 * The interfaces, as their users use them: REST and its description, Kafka with its contract, the command line, the
 * README.
 */
@NullMarked
package io.vlink.tests.interfaces;

import org.jspecify.annotations.NullMarked;
