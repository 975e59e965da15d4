package io.vlink.health;

import io.vlink.log.Vitals;
import java.util.List;

/** Provides the logs that a service works with, for all health checks. A service has exactly one such bean. */
public interface Watched {

    /** The present condition of each of its logs. */
    List<Vitals> vitals();
}
