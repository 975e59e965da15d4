package io.vlink.operating;

import io.vlink.events.services.Services;

/** Hears which other services are there; the one bean of that kind. */
public interface Attending {

    /** Who is there now. */
    Services services();
}
