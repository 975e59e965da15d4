package io.vlink.operator.cluster;

import io.vlink.fixtures.PackagedService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged operator in its own process. */
public final class OperatorProcess implements AutoCloseable {

    private final PackagedService service;

    private OperatorProcess(PackagedService service) {
        this.service = service;
    }

    /** Starts it and returns at once. It has only the permissions of its service account, as in a cluster. */
    public static OperatorProcess start(Path kubeconfig, String bootstrapServers) {
        return startWith(Map.of(), kubeconfig, bootstrapServers);
    }

    /** Starts it with the permissions of another account. */
    public static OperatorProcess startAs(String account, Path kubeconfig, String bootstrapServers) {
        return start(account, Map.of(), kubeconfig, bootstrapServers);
    }

    /** Starts it with additional settings. */
    public static OperatorProcess startWith(Map<String, String> settings, Path kubeconfig, String bootstrapServers) {
        return start("vlink-operator", settings, kubeconfig, bootstrapServers);
    }

    private static OperatorProcess start(
            String account, Map<String, String> more, Path kubeconfig, String bootstrapServers) {
        Map<String, String> settings = Map.of(
                "kubeconfig", kubeconfig.toString(),
                "kubernetes.impersonate.username", "system:serviceaccount:vlink-system:" + account,
                "kafka.bootstrap.servers", bootstrapServers,
                "quarkus.http.port", "0",
                "vlink.operator.namespace", "vlink-system",
                "vlink.operator.lease-duration", "3S",
                "vlink.operator.answer-deadline", "2S",
                "vlink.webhook.port", "0",
                "vlink.webhook.host", "127.0.0.1",
                "vlink.webhook.names", "127.0.0.1");
        List<String> all = new ArrayList<>();
        settings.forEach((name, value) -> all.add(name + "=" + value));
        more.forEach((name, value) -> all.add(name + "=" + value));
        all.add("vlink.log.silence=1h"); // the tests play the other services but send no heartbeats
        return new OperatorProcess(PackagedService.start(192, all));
    }

    /** Returns whether the process runs. */
    public boolean runs() {
        return service.runs();
    }

    /** Returns its log so far. */
    public String log() {
        return service.log();
    }

    @Override
    public void close() {
        service.close();
    }

    /** Kills the process, without a clean shutdown. */
    public void kill() {
        service.kill();
    }
}
