package io.vlink.events.rules;

import io.vlink.events.PortNumber;

/**
 * A rule that is not Vlink's and stands over one of a network: frames that both match go to it, and not where the network's
 * rule would lead them.
 *
 * @param port where the frames that it takes enter the switch
 * @param priority that of the rule above
 * @param certain false: its match cannot be read in full, so that it only may take them
 */
public record Shadow(PortNumber port, int priority, boolean certain) {}
