package io.vlink.operator.cluster;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real kube-apiserver with etcd, shared by all tests of this JVM, with the project's CRDs and that of Multus applied.
 * There are no controllers and no kubelets; the tests play them.
 */
public final class ApiServer {

    private static final Path BUILD = Path.of("../../tests/kube/build");
    private static final Path MODULE = Path.of("../../tests/kube/go.mod");
    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static @Nullable ApiServer running;

    private final Path tools;
    private final Path kubeconfig;
    private final KubernetesClient client;

    private ApiServer(Path tools, String kubeconfigYaml) throws IOException {
        this.tools = tools;
        this.kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
        kubeconfig.toFile().deleteOnExit();
        Files.writeString(kubeconfig, kubeconfigYaml);
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfigYaml))
                .build();
    }

    /** Returns the shared API server; starts it on first use. */
    public static synchronized ApiServer shared() {
        if (running == null) {
            try {
                running = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    private static ApiServer start() throws IOException {
        Path tools;
        boolean built = true;
        try {
            tools = Path.of(run(List.of(BUILD.toAbsolutePath().toString()), "", 30, false)
                    .lines()
                    .reduce((first, second) -> second)
                    .orElseThrow());
        } catch (Refused refused) {
            if (!refused.said().contains("Go is missing")) {
                throw refused;
            }
            tools = whereDownloadsGo();
            built = false;
        }
        KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(built)
                .withTestDir(tools.resolve("../..").normalize().toString())
                .withApiServerVersion(tools.getFileName().toString().replaceFirst("-.*", ""))
                .withUpdateKubeConfig(false)
                .build());
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        ApiServer started = new ApiServer(tools, server.getKubeConfigYaml());
        started.kubectl("apply", "--server-side", "-k", "../crds");
        started.kubectl("apply", "--server-side", "-f", "src/test/resources/multus.yaml");
        started.kubectl("wait", "--for=condition=Established", "--timeout=20s", "crd", "--all");
        return started;
    }

    /** Without Go, kube-api-test fetches the same release. */
    private static Path whereDownloadsGo() throws IOException {
        String version = Files.readAllLines(MODULE).stream()
                .filter(line -> line.strip().startsWith("k8s.io/kubernetes v"))
                .map(line -> line.replaceFirst(".*kubernetes v([0-9.]+).*", "$1"))
                .findFirst()
                .orElseThrow();
        String home =
                System.getenv().getOrDefault("VLINK_KUBE", System.getProperty("user.home") + "/.cache/vlink/kube");
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return Path.of(home, "k8s", version + "-linux-" + machine);
    }

    public KubernetesClient client() {
        return client;
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Suspends the process: it accepts connections but answers none. */
    public void pause() {
        signal("-STOP");
    }

    /** Resumes the process. */
    public void goOn() {
        signal("-CONT");
    }

    private static void signal(String signal) {
        ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/kube-apiserver"))
                .forEach(each -> run(List.of("kill", signal, Long.toString(each.pid())), "", 1, false));
    }

    /** Creates a namespace that no other test uses. */
    public String namespace() {
        String name = "t" + NAMESPACES.incrementAndGet();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        client.serviceAccounts()
                .inNamespace(name)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Registers a webhook on this machine for pods; returns once the operator has set the trusted certificate. */
    public void letAskAboutPods(int port) {
        kubectlWith("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: vlink-operator}
                webhooks:
                  - name: pods.l2sm.l2sm.k8s.local
                    clientConfig: {url: "https://127.0.0.1:%d/pods"}
                    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                    objectSelector: {matchLabels: {l2sm: "true"}}
                    sideEffects: NoneOnDryRun
                    failurePolicy: Fail
                    timeoutSeconds: 30
                    admissionReviewVersions: [v1]
                """.formatted(port), "apply", "-f", "-");
        awaitTrust("mutatingwebhookconfiguration");
    }

    /** Registers a webhook on this machine for Overlays; returns once the operator has set the trusted certificate. */
    public void letAskAboutOverlays(int port) {
        kubectlWith("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: vlink-operator}
                webhooks:
                  - name: overlays.l2sm.l2sm.k8s.local
                    clientConfig: {url: "https://127.0.0.1:%d/overlays"}
                    rules: [{apiGroups: [l2sm.l2sm.k8s.local], apiVersions: [v1], operations: [UPDATE, DELETE], resources: [overlays]}]
                    sideEffects: None
                    failurePolicy: Fail
                    timeoutSeconds: 30
                    admissionReviewVersions: [v1]
                """.formatted(port), "apply", "-f", "-");
        awaitTrust("validatingwebhookconfiguration");
    }

    /** Waits until the operator has set the trusted certificate in the webhook configuration. */
    private void awaitTrust(String configuration) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !kubectl(
                        "get", configuration, "vlink-operator", "-o", "jsonpath={.webhooks[0].clientConfig.caBundle}")
                .isEmpty());
    }

    /** Runs kubectl with standard input and returns its warnings, then its output. */
    public String kubectlSaid(String input, String... arguments) {
        return run(kubectlCommand(arguments), input, 1, true);
    }

    /**
     * Runs kubectl and returns its output.
     *
     * @throws Refused if it fails, with its error output
     */
    public String kubectl(String... arguments) {
        return kubectlWith("", arguments);
    }

    /** Runs kubectl with standard input and returns its output. */
    public String kubectlWith(String input, String... arguments) {
        return run(kubectlCommand(arguments), input, 1, false);
    }

    private List<String> kubectlCommand(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(tools.resolve("kubectl").toString(), "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A command failed. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String said) {
            super(said);
        }

        /** Returns the error output of the command. */
        public String said() {
            return String.valueOf(getMessage());
        }
    }

    private static String run(List<String> command, String input, int minutes, boolean withErrors) {
        try {
            Path said = Files.createTempFile("said", ".txt");
            Process process =
                    new ProcessBuilder(command).redirectError(said.toFile()).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
            String errors = Files.readString(said);
            Files.delete(said);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new Refused(errors + printed);
            }
            return withErrors ? errors + printed : printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
