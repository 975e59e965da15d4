package io.vlink.health;

import io.vlink.events.services.Services;
import java.util.List;

/** Provides the other present services. A service has exactly one such bean. */
public interface Attending {

    /** The present services. */
    Services services();

    /** The doubts of switch-gateways about Kafka's data that keep this service from being ready. */
    default List<String> doubts() {
        return services().doubts();
    }
}
