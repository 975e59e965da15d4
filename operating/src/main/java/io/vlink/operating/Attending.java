package io.vlink.operating;

import io.vlink.events.services.Services;
import java.util.List;

/** Hears which other services are there; the one bean of that kind. */
public interface Attending {

    /** Who is there now. */
    Services services();

    /** What switch-gateways doubt of Kafka's data, as far as it keeps this service from being ready. */
    default List<String> doubts() {
        return services().doubts();
    }
}
