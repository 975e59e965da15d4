/** The outside world of the gateway, for its tests: real Open vSwitch, real Kafka, the gateway as a process. */
@NullMarked
package io.vlink.gateway.lab;

import org.jspecify.annotations.NullMarked;
