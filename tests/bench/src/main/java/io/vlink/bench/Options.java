package io.vlink.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of the command line.
 *
 * @param vlinks number of live vlinks in the parts with many; a plain link has 4,094 labels
 * @param repeats number of samples of each figure
 * @param nodes number of nodes of the large topology, which has ten times as many links
 * @param rounds number of vlinks created and removed one after the other per sample of a latency
 * @param out the JSON file to write
 */
record Options(int vlinks, int nodes, int repeats, int rounds, Set<Part> only, Via via, Path out) {

    static final int MOST_VLINKS = 4_000;

    private static final int NODES = 2_000;
    private static final int MOST_NODES = 10_000;

    /** The parts of the benchmark. */
    enum Part {
        FLOOR,
        SINGLE,
        STAGES,
        BULK,
        RESOURCES,
        TOPOLOGY
    }

    /** The interface for bulk requests. */
    enum Via {
        KAFKA,
        REST
    }

    static Options of(String[] words, Path run) {
        Options options = new Options(
                MOST_VLINKS,
                NODES,
                3,
                500,
                EnumSet.allOf(Part.class),
                Via.REST,
                run.resolve("bench").resolve("bench.json"));
        for (int i = 0; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException("The option %s needs a value.".formatted(words[i]));
            }
            options = options.with(words[i], words[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--vlinks" -> new Options(number(name, value, MOST_VLINKS), nodes, repeats, rounds, only, via, out);
            case "--nodes" -> new Options(vlinks, number(name, value, MOST_NODES), repeats, rounds, only, via, out);
            case "--repeats" -> new Options(vlinks, nodes, number(name, value, 100), rounds, only, via, out);
            case "--rounds" -> new Options(vlinks, nodes, repeats, number(name, value, 100_000), only, via, out);
            case "--only" -> new Options(vlinks, nodes, repeats, rounds, parts(value), via, out);
            case "--via" -> new Options(vlinks, nodes, repeats, rounds, only, choice(Via.class, name, value), out);
            case "--out" -> new Options(vlinks, nodes, repeats, rounds, only, via, Path.of(value));
            default ->
                throw new IllegalArgumentException(
                        "There is no option %s; options: --vlinks, --nodes, --repeats, --rounds, --only, --via and --out."
                                .formatted(name));
        };
    }

    private static Set<Part> parts(String value) {
        return Arrays.stream(value.split(","))
                .map(part -> choice(Part.class, "--only", part))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s must be of %s, not '%s'."
                        .formatted(
                                name, Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT), value)));
    }

    private static int number(String name, String value, int most) {
        if (!value.matches("[1-9][0-9]{0,6}") || Integer.parseInt(value) > most) {
            throw new IllegalArgumentException("%s must be between 1 and %d, not '%s'.".formatted(name, most, value));
        }
        return Integer.parseInt(value);
    }
}
