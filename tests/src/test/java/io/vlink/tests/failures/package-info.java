/** Guarantees that hold while switches, links, services or Kafka fail, and afterwards. */
@NullMarked
package io.vlink.tests.failures;

import org.jspecify.annotations.NullMarked;
