package io.vlink.bench;

import io.vlink.events.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Creates two ports for each vlink, and an attachment for each port. Patch ports without a peer are quick to create.
 */
final class BenchEndpoints {

    private static final int AT_ONCE = 1_000;

    private final Suite suite;
    private final WayIn way;
    private final Sample sample;
    private int count;

    BenchEndpoints(Suite suite, WayIn way, Sample sample) {
        this.suite = suite;
        this.way = way;
        this.sample = sample;
    }

    /** Creates the missing ports and attachments for {@code wanted} vlinks. */
    void make(int wanted) throws IOException, InterruptedException {
        int first = count;
        if (wanted <= first) {
            return;
        }
        count = wanted;
        long begin = System.nanoTime();
        Set<String> unseen = new HashSet<>();
        try (Watch ports = Watch.fromNow(suite.bootstrapServers(), Topic.PORTS)) {
            for (int i = first; i < count; i++) {
                for (String node : sample.endpoints()) {
                    unseen.add(sample.port(node, i));
                }
            }
            ports(first);
            ports.until("the gateway reports %d ports".formatted(2 * (count - first)), seen -> {
                if (Watch.member(seen.value(), "present").equals("true")) {
                    unseen.remove(Watch.member(seen.value(), "name"));
                }
                return unseen.isEmpty();
            });
        }
        long reported = System.nanoTime();
        way.send(sample.declareAttachments(first, count));
        System.out.printf(
                Locale.ROOT,
                "%nEnds: %,d ports were created and reported in %.1f s, and attached in %.1f s.%n",
                2 * (count - first),
                (reported - begin) / 1e9,
                (System.nanoTime() - reported) / 1e9);
    }

    private void ports(int first) throws IOException, InterruptedException {
        for (String node : sample.endpoints()) {
            for (int from = first; from < count; from += AT_ONCE) {
                List<String> words = new ArrayList<>(List.of("--no-wait"));
                for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
                    String port = sample.port(node, i);
                    words.addAll(List.of("--", "add-port", "br0", port, "--", "set", "interface", port));
                    words.addAll(List.of("type=patch", "options:peer=no-" + port));
                }
                suite.vsctl(node, words);
            }
        }
    }
}
