/** What Kafka and the switches of earlier builds held, recorded by {@code tests/upgrade/record}: what a build has to make nothing new of. */
@NullMarked
package io.vlink.upgrade;

import org.jspecify.annotations.NullMarked;
