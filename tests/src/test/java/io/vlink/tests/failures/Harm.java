package io.vlink.tests.failures;

import io.vlink.tests.suite.Lab;
import java.util.List;

/**
 * An interference that stops frames.
 *
 * @param reason expected reason of Ready
 * @param words expected parts of its message
 */
record Harm(String what, Deed done, Deed undone, String reason, List<String> words) {

    /** An action on a switch. */
    interface Deed {
        void on(Lab lab);
    }

    static Harm port(String node, String port, String flag, String undone, String reason, String... words) {
        return new Harm(
                "mod-port %s %s of node-%s".formatted(port, flag, node),
                lab -> lab.ofctl(node, "mod-port", port, flag),
                lab -> lab.ofctl(node, "mod-port", port, undone),
                reason,
                List.of(words));
    }

    static Harm foreign(String node, String rule, String reason, String... words) {
        return new Harm(
                "the foreign rule %s in node-%s".formatted(rule, node),
                lab -> lab.ofctl(node, "add-flow", "cookie=0x77," + rule),
                lab -> lab.ofctl(node, "del-flows", "cookie=0x77/-1"),
                reason,
                List.of(words));
    }

    static Harm bridge(String node, String setting, String... words) {
        return new Harm(
                "%s at node-%s".formatted(setting, node),
                lab -> lab.vsctl(node, "set", "bridge", "br0", setting + "=true"),
                lab -> lab.vsctl(node, "set", "bridge", "br0", setting + "=false"),
                "LinkDown",
                List.of(words));
    }

    static Harm mirror(String node, String output, String reason, String... words) {
        return new Harm(
                "the mirror by %s of node-%s".formatted(output, node),
                lab -> mirror(lab, node, output),
                lab -> lab.vsctl(node, "clear", "bridge", "br0", "mirrors"),
                reason,
                List.of(words));
    }

    static void mirror(Lab lab, String node, String output) {
        lab.vsctl(
                node,
                "--id=@to",
                "get",
                "port",
                output,
                "--",
                "--id=@m",
                "create",
                "mirror",
                "name=truth-spy",
                "select_all=true",
                "output_port=@to",
                "--",
                "set",
                "bridge",
                "br0",
                "mirrors=@m");
    }
}
