package io.vlink.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A bridge without ports beside the suite's bridge in the Open vSwitch of one switch, with a connection to it. {@link
 * #close} removes it.
 */
final class ScratchBridge implements AutoCloseable {

    private static final String NAME = "benchbr";
    private static final long REST_MILLISECONDS = 20;

    private final Suite suite;
    private final String node;
    private final OpenFlowConnection connection;

    ScratchBridge(Suite suite, String node) throws IOException, InterruptedException {
        this.suite = suite;
        this.node = node;
        suite.vsctl(
                node,
                List.of(
                        "add-br",
                        NAME,
                        "--",
                        "set",
                        "bridge",
                        NAME,
                        "datapath_type=netdev",
                        "fail_mode=secure",
                        "protocols=OpenFlow14"));
        try {
            connection = new OpenFlowConnection(suite.switchDirectory(node).resolve(NAME + ".mgmt"));
        } catch (IOException e) {
            remove();
            throw e;
        }
    }

    OpenFlowConnection connection() {
        return connection;
    }

    /** Adds {@code count} rules, each long enough after the last for the switch to become idle, then removes them. */
    void addOneByOne(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            connection.addRule(1, 1 + i % 4_000);
            connection.barrier();
            TimeUnit.MILLISECONDS.sleep(REST_MILLISECONDS);
        }
        connection.deleteAll();
        connection.barrier();
    }

    private void remove() throws IOException, InterruptedException {
        suite.vsctl(node, List.of("--if-exists", "del-br", NAME));
    }

    @Override
    public void close() throws IOException {
        try (connection) {
            remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while removing the bridge %s.".formatted(NAME), e);
        }
    }
}
