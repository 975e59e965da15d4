package io.vlink.events.paths;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a face is for. */
public enum Role {
    /** Carries as long as its link does. */
    @JsonProperty("working")
    WORKING,
    /** Leads around what failed, and back to the working way behind it. */
    @JsonProperty("detour")
    DETOUR,
    /** Leads back to where frames entered, so that they take another way from there. */
    @JsonProperty("return")
    RETURN
}
