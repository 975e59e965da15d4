package io.vlink.audit.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.Network;
import io.vlink.log.EventJson;

/** Networks as users declare them. */
final class Declared {

    private Declared() {}

    static Network network(NetworkId id, long generation) {
        String json = """
                {"id": "%s", "generation": %d, "withdrawn": false, "createdAt": "2026-01-01T00:00:00Z",
                 "spec": {"type": "vlink", "protection": "none", "path": {"fromEndpoint": "node-a", "toEndpoint": "node-b"}}}
                """.formatted(id, generation);
        try {
            return EventJson.mapper().readValue(json, Network.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
