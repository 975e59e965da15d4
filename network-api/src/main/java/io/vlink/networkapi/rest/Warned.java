package io.vlink.networkapi.rest;

import io.vlink.events.requests.Warning;
import java.util.List;

/** What is shown of something that may be changed though it is better not. */
public interface Warned {

    /** The same, with what the caller should know. */
    Object with(List<Warning> warnings);
}
