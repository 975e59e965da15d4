package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.vlink.operator.cluster.ApiServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in a real API server, and the permissions of the operator's service account. */
final class ManifestsIT {

    private static final String ACCOUNT = "--as=system:serviceaccount:vlink-system:vlink-operator";

    private final ApiServer api = ApiServer.shared();

    @Test
    void acceptsTheBaseAndEverySample() {
        // Given
        String namespace = api.namespace();
        applyBase();

        // Then
        assertThat(api.kubectl("apply", "-k", "../base", "--dry-run=server", "--validate=strict"))
                .contains(
                        "deployment.apps/vlink-operator",
                        "mutatingwebhookconfiguration",
                        "validatingwebhookconfiguration");
        assertThat(api.kubectl(
                        "apply",
                        "-n",
                        namespace,
                        "--dry-run=server",
                        "--validate=strict",
                        "-f",
                        "../samples/overlay.yaml",
                        "-f",
                        "../samples/l2network.yaml"))
                .contains("overlay.l2sm.l2sm.k8s.local/default", "l2network.l2sm.l2sm.k8s.local/vlink-sample");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial", "trial-kept", "production"})
    void acceptsEveryKustomizeOverlay(String overlay) {
        // Given
        applyBase();

        // Then
        assertThat(api.kubectl("apply", "-k", "../overlays/" + overlay, "--dry-run=server", "--validate=strict"))
                .contains(
                        "daemonset.apps/switch",
                        "statefulset.apps/network-api",
                        "statefulset.apps/path-service",
                        "statefulset.apps/flow-service",
                        "statefulset.apps/switch-gateway",
                        "deployment.apps/vlink-operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial", "trial-kept", "production"})
    void theNamespaceIsChangedByOneLine(String overlay, @TempDir Path directory) throws IOException {
        // Given
        Path base = Path.of("../overlays", overlay).toRealPath();
        Files.writeString(
                directory.resolve("kustomization.yaml"),
                "{namespace: elsewhere, resources: [%s]}"
                        .formatted(directory.toRealPath().relativize(base)));

        // When
        String manifests = api.kubectl("kustomize", directory.toString());

        // Then
        assertThat(manifests).contains("namespace: elsewhere").doesNotContain("vlink-system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial", "trial-kept", "production"})
    void allPodsExceptSwitchesAreRestrictedAndOnlyTheOperatorHasAToken(String overlay) {
        // Given
        String namespace = api.namespace();
        api.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        List<HasMetadata> manifests = manifests(overlay);
        for (HasMetadata each : manifests) {
            if (each instanceof ServiceAccount account) {
                account.getMetadata().setNamespace(namespace);
                ServiceAccount unused = api.client().resource(account).create();
            }
        }

        // When
        List<String> taken = new ArrayList<>();
        for (HasMetadata each : manifests) {
            PodTemplateSpec template = template(each);
            if (template == null) {
                continue;
            }
            String name = each.getMetadata().getName();
            Pod pod = new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .build();
            Pod unused = api.client().resource(pod).dryRun().create();
            taken.add(name);

            // Then
            assertThat(Boolean.FALSE.equals(template.getSpec().getAutomountServiceAccountToken()))
                    .as(name)
                    .isEqualTo(!name.equals("vlink-operator"));
        }

        // And: none was left out
        assertThat(taken)
                .contains("network-api", "path-service", "flow-service", "switch-gateway", "vlink-operator")
                .contains(overlay.equals("production") ? "topics" : "broker");
    }

    /** Adds the labels that the StatefulSet controller adds to each pod. */
    private static PodTemplateSpec withClaimedVolumes(StatefulSet set) {
        PodTemplateSpec template = set.getSpec().getTemplate();
        set.getSpec().getVolumeClaimTemplates().forEach(claim -> template.getSpec()
                .getVolumes()
                .add(new VolumeBuilder()
                        .withName(claim.getMetadata().getName())
                        .withNewPersistentVolumeClaim()
                        .withClaimName(claim.getMetadata().getName() + "-broker-0")
                        .endPersistentVolumeClaim()
                        .build()));
        return template;
    }

    private List<HasMetadata> manifests(String overlay) {
        String yaml = api.kubectl("kustomize", "../overlays/" + overlay);
        return api.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    /** Applies to pods other than switches. */
    private static @Nullable PodTemplateSpec template(HasMetadata manifest) {
        return switch (manifest) {
            case StatefulSet set -> withClaimedVolumes(set);
            case Deployment deployment -> deployment.getSpec().getTemplate();
            case Job job -> job.getSpec().getTemplate();
            default -> null;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes | patch l2networks/status -n elsewhere",
                "yes | patch network-attachment-definitions.k8s.cni.cncf.io -n elsewhere",
                "yes | update network-attachment-definitions.k8s.cni.cncf.io -n elsewhere",
                "yes | list network-attachment-definitions.k8s.cni.cncf.io -n elsewhere",
                "no | delete network-attachment-definitions.k8s.cni.cncf.io -n elsewhere",
                "yes | watch pods -n elsewhere",
                "yes | create events -n elsewhere",
                "yes | get secret/vlink-webhook -n vlink-system",
                "yes | update lease/vlink-operator -n vlink-system",
                "yes | update mutatingwebhookconfiguration/vlink-operator",
                "yes | update validatingwebhookconfiguration/vlink-operator",
                "no | get secret/another -n vlink-system",
                "no | list secrets -n elsewhere",
                "no | create pods -n elsewhere",
                "no | patch pods -n elsewhere",
                "no | delete pods -n elsewhere",
                "no | create l2networks -n elsewhere",
                "no | delete l2networks -n elsewhere",
                "no | update mutatingwebhookconfiguration/another",
                "no | update validatingwebhookconfiguration/another",
                "no | create clusterrolebindings",
            })
    void theOperatorHasNoMorePermissionsThanItNeeds(String may, String what) {
        // Given
        applyBase();

        // Then
        assertThat(can(what.split(" "))).isEqualTo(may);
    }

    private void applyBase() {
        api.kubectl("apply", "-k", "../base", "--server-side", "--force-conflicts");
        // Nothing serves the webhook here, and other tests create their own.
        api.kubectl("delete", "mutatingwebhookconfiguration,validatingwebhookconfiguration", "vlink-operator");
    }

    /** Handles that kubectl exits with an error if the answer is no. */
    private String can(String... what) {
        String[] arguments = new String[what.length + 3];
        System.arraycopy(what, 0, arguments, 3, what.length);
        arguments[0] = "auth";
        arguments[1] = "can-i";
        arguments[2] = ACCOUNT;
        try {
            return api.kubectl(arguments).strip();
        } catch (ApiServer.Refused no) {
            return no.said().lines().filter("no"::equals).findFirst().orElse(no.said());
        }
    }
}
