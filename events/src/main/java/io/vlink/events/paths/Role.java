package io.vlink.events.paths;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The role of a face. */
public enum Role {
    /** Carries as long as its link does. */
    @JsonProperty("working")
    WORKING,
    /** Leads around a failure, and back to the working path behind it. */
    @JsonProperty("detour")
    DETOUR,
    /** Leads back to where frames entered, from where they take another path. */
    @JsonProperty("return")
    RETURN
}
