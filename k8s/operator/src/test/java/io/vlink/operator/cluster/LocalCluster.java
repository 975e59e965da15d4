package io.vlink.operator.cluster;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vlink.fixtures.TestBroker;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API server and a broker for tests of the running operator. */
public final class LocalCluster implements QuarkusTestResourceLifecycleManager {

    private @Nullable TestBroker broker;

    @Override
    public Map<String, String> start() {
        ApiServer api = ApiServer.shared();
        TestBroker started = new TestBroker();
        broker = started;
        System.setProperty("kubeconfig", api.kubeconfig().toString());
        return Map.of(
                "kafka.bootstrap.servers", started.bootstrapServers(),
                "vlink.operator.namespace", "default",
                "vlink.operator.answer-deadline", "2S",
                "vlink.operator.removal-deadline", "4S",
                "vlink.operator.promise-deadline", "2S",
                "vlink.operator.pool-rest", "1S",
                "vlink.webhook.host", "127.0.0.1",
                "vlink.webhook.port", "0",
                "vlink.webhook.names", "127.0.0.1");
    }

    @Override
    public void stop() {
        System.clearProperty("kubeconfig");
        if (broker != null) {
            broker.close();
        }
    }
}
