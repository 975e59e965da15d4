package io.vlink.events.networks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The behaviour of a network when a link of its path fails. */
public enum Protection {
    /** The network waits for the link. The default where the links are explicit. */
    @JsonProperty("none")
    NONE,
    /** The network moves to another path. The default, and only allowed, where the path is computed. */
    @JsonProperty("restore")
    RESTORE
}
