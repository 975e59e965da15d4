package io.vlink.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The addresses of the running suite and its lab, from the environment that {@code ./vlink bench} sets. */
record Suite(int apiPort, String bootstrapServers, String lab, Path run) {

    static Suite of(Map<String, String> environment) {
        return new Suite(
                Integer.parseInt(need(environment, "VLINK_API_PORT")),
                "127.0.0.1:" + need(environment, "VLINK_KAFKA_PORT"),
                need(environment, "VLINK_LAB"),
                Path.of(need(environment, "VLINK_RUN")));
    }

    private static String need(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("%s must be set; './vlink bench' does that.".formatted(name));
        }
        return value;
    }

    /** Returns the directory with the sockets and pids of the Open vSwitch of one switch, such as "a". */
    Path switchDirectory(String node) {
        return Path.of("/run/vlink-lab", lab, "switches", node);
    }

    /** Runs ovs-vsctl on one switch, with all words in one transaction; returns its output. */
    String vsctl(String node, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("ovs-vsctl", "--db=unix:" + switchDirectory(node).resolve("db.sock"), "--timeout=60"));
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("ovs-vsctl on switch %s failed: %s".formatted(node, said));
        }
        return said;
    }

    static Stream<String> nodes() {
        return Stream.of("a", "b", "c", "d", "e");
    }
}
