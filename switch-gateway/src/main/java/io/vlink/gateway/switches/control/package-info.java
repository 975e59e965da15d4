/**
 * The life cycle of the owned switches: mastership, safety, provisioning and reports. {@link SwitchControl} is one switch,
 * {@link OwnedSwitches} are those of a partition.
 */
@NullMarked
package io.vlink.gateway.switches.control;

import org.jspecify.annotations.NullMarked;
