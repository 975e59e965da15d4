package io.vlink.gateway.openflow.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts connections in their handshake, and limits them in total and for each host. Thread-safe. */
final class Handshakes {

    private final int most;
    private final int mostOfAHost;
    private final Map<String, Integer> byHost = new HashMap<>();
    private int all;

    /**
     * Creates an instance without connections.
     *
     * @param most maximum number of connections
     * @param mostOfAHost maximum number of connections from one host
     */
    Handshakes(int most, int mostOfAHost) {
        this.most = most;
        this.mostOfAHost = mostOfAHost;
    }

    /** Begins a handshake. Returns the action to run at its end, once or more often; absent: there are too many already. */
    synchronized Optional<Runnable> begin(String host) {
        int before = byHost.getOrDefault(host, 0);
        if (all >= most || before >= mostOfAHost) {
            return Optional.empty();
        }
        all++;
        byHost.put(host, before + 1);
        return Optional.of(new Runnable() {
            private boolean over;

            @Override
            public void run() {
                synchronized (Handshakes.this) {
                    if (!over) {
                        over = true;
                        all--;
                        byHost.computeIfPresent(host, (same, count) -> count == 1 ? null : count - 1);
                    }
                }
            }
        });
    }
}
