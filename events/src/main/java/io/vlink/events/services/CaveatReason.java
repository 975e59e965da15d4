package io.vlink.events.services;

import io.vlink.events.Reason;

/** Why whoever shows a network says something else of it than stands in its status: a service is away. */
public enum CaveatReason implements Reason {
    /** path-service is away: nothing is decided until it is back. */
    DecisionsDelayed,
    /** flow-service is away: nothing is brought to the switches until it is back, and what is told may not be so any more. */
    StatusesDelayed
}
