package io.vlink.gateway.openflow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Connections that have not yet said which switch they are: only so many, and not all of them from one host. Thread-safe. */
final class Handshakes {

    private final int most;
    private final int mostOfAHost;
    private final Map<String, Integer> byHost = new HashMap<>();
    private int all;

    /**
     * Makes one without connections.
     *
     * @param most how many there may be
     * @param mostOfAHost how many of those may come from one host
     */
    Handshakes(int most, int mostOfAHost) {
        this.most = most;
        this.mostOfAHost = mostOfAHost;
    }

    /** One begins; returns what to run when it is over, once or more often; absent: there are too many already. */
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
