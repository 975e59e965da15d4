package io.vlink.tests.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The vlinks and workloads of one test; {@link #close} removes them. */
public final class Playground implements AutoCloseable {

    /** The forward links from node-a to node-e in the guide. */
    public static final List<String> ACDE = List.of("link-ac", "link-cd", "link-de");

    public static final List<String> EDBA = List.of("link-ed", "link-db", "link-ba");

    private static final List<String> NODES = List.of("a", "b", "c", "d", "e");

    private final Suite suite = Suite.running();
    private final Api api = suite.api();
    private final Lab lab = suite.lab();
    private final List<String> networks = new ArrayList<>();
    private final List<String> attachments = new ArrayList<>();
    private final List<String> workloads = new ArrayList<>();

    public Suite suite() {
        return suite;
    }

    public Api api() {
        return api;
    }

    public Lab lab() {
        return lab;
    }

    /** Registers a network to delete at the end, no matter how it was created. */
    public String owns(String network) {
        networks.add(network);
        return network;
    }

    /** Declares a best-effort vlink from node-a to node-e and back over the guide's links. */
    public Api.Response declare(String network) {
        return declare(network, "");
    }

    /**
     * Declares such a vlink with more members of both paths, such as capabilities, as JSON that starts with a comma.
     */
    public Api.Response declare(String network, String with) {
        Api.Response response = api.declare(owns(network), "node-a", "node-e", ACDE, EDBA, with);
        assertThat(response.status()).as("%s", response.body()).isBetween(200, 299);
        return response;
    }

    /** Plugs a workload in without attaching it. */
    public void plug(String node, String workload, String... addresses) {
        workloads.add(workload);
        lab.plug(node, workload, addresses);
    }

    public Api.Response attach(String network, String node, String workload) {
        attachments.add(Api.network("default", network) + "/attachments/" + workload);
        Api.Response response = api.attach(network, workload, "node-" + node);
        assertThat(response.status()).as("%s", response.body()).isBetween(200, 299);
        return response;
    }

    /** Creates a vlink from node-a to node-e with a workload at each end, and waits until it is Ready. */
    public void joined(String network, String atA, String addressA, String atE, String addressE) {
        joined(network, "", atA, addressA, atE, addressE);
    }

    public void joined(String network, String with, String atA, String addressA, String atE, String addressE) {
        declare(network, with);
        plug("a", atA, addressA);
        plug("e", atE, addressE);
        attach(network, "a", atA);
        attach(network, "e", atE);
        awaitPhase(network, "Ready");
        awaitAnswer(atA, addressE.replaceAll("/.*", ""));
        awaitAnswer(atE, addressA.replaceAll("/.*", ""));
    }

    /**
     * Waits until frames pass. Ready means that the tables of the switches are right, but a drop that a datapath cached
     * for earlier frames may last a moment longer (docs/pipeline.md, settling).
     */
    public void awaitAnswer(String workload, String address) {
        await(address + " answers " + workload)
                .atMost(Duration.ofSeconds(60))
                .until(() -> lab.answers(workload, address));
    }

    public Api.Response get(String network) {
        return api.get(Api.network("default", network));
    }

    public void awaitPhase(String network, String phase) {
        await(network + " is " + phase).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Api.Response response = get(network);
            assertThat(response.phase()).as("%s", response.body()).isEqualTo(phase);
        });
    }

    /** Deletes a network and waits until it is gone. */
    public void delete(String network) {
        Api.Response response = api.delete(Api.network("default", network));
        assertThat(response.status()).as("%s", response.body()).isBetween(200, 299);
        await(network + " is gone")
                .atMost(Duration.ofSeconds(60))
                .until(() -> get(network).status() == 404);
        networks.remove(network);
    }

    public void detach(String network, String workload) {
        String path = Api.network("default", network) + "/attachments/" + workload;
        assertThat(api.delete(path).status()).isBetween(200, 299);
        attachments.remove(path);
    }

    /** Returns every rule and meter of vlinks in all switches, one per line. */
    public List<String> everythingInstalled() {
        List<String> all = new ArrayList<>();
        for (String node : NODES) {
            lab.flows(node).forEach(flow -> all.add(node + " " + flow));
            lab.meters(node).forEach(meter -> all.add(node + " " + meter));
        }
        return all;
    }

    @Override
    public void close() {
        for (String network : List.copyOf(networks)) {
            api.delete(Api.network("default", network));
        }
        for (String attachment : attachments) {
            api.delete(attachment);
        }
        for (String workload : workloads) {
            lab.unplug(workload);
        }
        await("no rule and no meter is left")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(everythingInstalled()).isEmpty());
    }
}
