package io.vlink.networkapi;

import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.View;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the beans whose classes do not use injection. */
final class Beans {

    @Produces
    @Singleton
    View view() {
        return new View();
    }

    @Produces
    @Singleton
    Changes changes(NetworkApiConfig config) {
        return new Changes(config.rest().keptChanges(), config.log().partitions());
    }
}
