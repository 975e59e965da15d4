package io.vlink.bench;

import io.vlink.events.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Removes the remains of earlier, also interrupted, runs: they would disturb the next run, and many ports slow a switch
 * down.
 */
final class Leftovers {

    private static final int AT_ONCE = 1_000;
    private static final Pattern PORT = Pattern.compile("b[a-e]\\d{4}");

    private Leftovers() {}

    static void remove(Suite suite, WayIn way) throws IOException, InterruptedException {
        withdraw(suite, way, "WithdrawNetwork", Topic.NETWORKS, Sample.PREFIX);
        withdraw(suite, way, "WithdrawNetwork", Topic.NETWORKS, LargeTopology.BESIDE + "/");
        Watch.awaitEmpty(suite.bootstrapServers(), Topic.NETWORKS, Sample.PREFIX);
        Watch.awaitEmpty(suite.bootstrapServers(), Topic.NETWORKS, LargeTopology.BESIDE + "/");
        withdraw(suite, way, "WithdrawAttachment", Topic.ATTACHMENTS, Sample.PREFIX);
        withdraw(suite, way, "WithdrawLink", Topic.LINKS, LargeTopology.OVERLAY + "/");
        withdraw(suite, way, "WithdrawNode", Topic.NODES, LargeTopology.OVERLAY + "/");
        for (String node : Suite.nodes().toList()) {
            removePorts(suite, node);
        }
    }

    private static void withdraw(Suite suite, WayIn way, String type, Topic topic, String prefix) throws IOException {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, byte[]> left :
                Watch.latest(suite.bootstrapServers(), topic, prefix).entrySet()) {
            if (!Watch.member(left.getValue(), "withdrawn").equals("true")) {
                keys.add(left.getKey());
            }
        }
        if (!keys.isEmpty()) {
            way.send(Sample.withdraw(type, keys));
        }
    }

    private static void removePorts(Suite suite, String node) throws IOException, InterruptedException {
        List<String> ports = suite.vsctl(node, List.of("list-ports", "br0"))
                .lines()
                .filter(it -> PORT.matcher(it).matches())
                .toList();
        for (int from = 0; from < ports.size(); from += AT_ONCE) {
            List<String> words = new ArrayList<>();
            ports.subList(from, Math.min(ports.size(), from + AT_ONCE))
                    .forEach(port -> words.addAll(List.of("--", "--if-exists", "del-port", "br0", port)));
            suite.vsctl(node, words);
        }
    }
}
