package io.vlink.operating;

import io.vlink.log.Vitals;
import java.util.List;

/** What a service reads and decides with; the one bean of that kind is asked by every health check. */
public interface Watched {

    /** How each of its logs fares now. */
    List<Vitals> vitals();
}
