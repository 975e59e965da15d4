package io.vlink.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads memory and processor time of the suite's processes from the kernel. */
final class Processes {

    static final String ALL = "all";
    static final String SWITCHES = "five ovs-vswitchd";

    private static final double MILLISECONDS_PER_TICK = 10; // USER_HZ is 100 on every Linux

    private final Suite suite;

    Processes(Suite suite) {
        this.suite = suite;
    }

    /** Returns resident memory in MiB by process, and the sum. */
    Map<String, Double> memory() throws IOException {
        return each(pid -> {
            for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
            throw new IOException("The memory of the process %s cannot be read.".formatted(pid));
        });
    }

    /** Returns processor time in ms since the start, by process, and the sum. */
    Map<String, Double> processorTime() throws IOException {
        return each(pid -> {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * MILLISECONDS_PER_TICK;
        });
    }

    /** Returns processor time as above, with that of this benchmark, which is not in the sum. */
    Map<String, Double> processorTimeWithOurs() throws IOException {
        Map<String, Double> values = processorTime();
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(it -> values.put("the benchmark itself", (double) it.toMillis()));
        return values;
    }

    private interface Reading {
        double of(String pid) throws IOException;
    }

    private Map<String, Double> each(Reading reading) throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String process : List.of("broker", "network-api", "path-service", "flow-service", "switch-gateway")) {
            values.put(process, reading.of(pid(suite.run().resolve("pids").resolve(process))));
        }
        for (String node : Suite.nodes().toList()) {
            values.merge(
                    SWITCHES, reading.of(pid(suite.switchDirectory(node).resolve("ovs-vswitchd.pid"))), Double::sum);
        }
        values.put(ALL, values.values().stream().mapToDouble(it -> it).sum());
        return values;
    }

    private static String pid(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
