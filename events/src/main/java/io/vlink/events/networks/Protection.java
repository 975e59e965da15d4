package io.vlink.events.networks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a network when a link of its path fails. */
public enum Protection {
    /** It waits for the link. The default where the links are explicit. */
    @JsonProperty("none")
    NONE,
    /** Another path is sought. The default, and only allowed, where the path is computed. */
    @JsonProperty("restore")
    RESTORE
}
