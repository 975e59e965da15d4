package io.vlink.networkapi.rest;

import io.vlink.events.requests.Warning;
import java.util.List;

/** A shown thing that can carry warnings. */
public interface Warned {

    /** Returns the same with warnings. */
    Object with(List<Warning> warnings);
}
