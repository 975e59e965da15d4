package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.operator.cluster.ApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to be applied, looked at by the API server; and what the operator's account may do, asked as that account. */
final class ManifestsIT {

    private static final String ACCOUNT = "--as=system:serviceaccount:vlink-system:vlink-operator";

    private final ApiServer api = ApiServer.shared();

    @Test
    void theBaseIsTakenAndEverySampleWithIt() {
        String namespace = api.namespace();
        applyBase();

        assertThat(api.kubectl("apply", "-k", "../base", "--dry-run=server", "--validate=strict"))
                .contains("deployment.apps/vlink-operator", "mutatingwebhookconfiguration");
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
                "no | get secret/another -n vlink-system",
                "no | list secrets -n elsewhere",
                "no | create pods -n elsewhere",
                "no | patch pods -n elsewhere",
                "no | delete pods -n elsewhere",
                "no | create l2networks -n elsewhere",
                "no | delete l2networks -n elsewhere",
                "no | update mutatingwebhookconfiguration/another",
                "no | create clusterrolebindings",
            })
    void theOperatorMayDoNoMoreThanItMust(String may, String what) {
        applyBase();

        assertThat(can(what.split(" "))).isEqualTo(may);
    }

    private void applyBase() {
        api.kubectl("apply", "-k", "../base", "--server-side", "--force-conflicts");
        // Nobody serves it here, and other tests make one of their own.
        api.kubectl("delete", "mutatingwebhookconfiguration", "vlink-operator");
    }

    /** kubectl ends with an error where the answer is no. */
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
