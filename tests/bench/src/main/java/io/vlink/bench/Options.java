package io.vlink.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param vlinks how many are live in the parts that need many; 4,094 labels of a plain link are the most
 * @param repeats how often each figure is taken
 * @param rounds vlinks made and removed one after the other in each repeat of a latency
 * @param out where the JSON goes
 */
record Options(int vlinks, int repeats, int rounds, Set<Part> only, Via via, Path out) {

    static final int MOST_VLINKS = 4_000;

    /** What can be measured. */
    enum Part {
        FLOOR,
        SINGLE,
        STAGES,
        BULK,
        RESOURCES
    }

    /** The way in for many at once. */
    enum Via {
        KAFKA,
        REST
    }

    static Options of(String[] words, Path run) {
        Options options = new Options(
                MOST_VLINKS,
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
            case "--vlinks" -> new Options(number(name, value, MOST_VLINKS), repeats, rounds, only, via, out);
            case "--repeats" -> new Options(vlinks, number(name, value, 100), rounds, only, via, out);
            case "--rounds" -> new Options(vlinks, repeats, number(name, value, 100_000), only, via, out);
            case "--only" -> new Options(vlinks, repeats, rounds, parts(value), via, out);
            case "--via" -> new Options(vlinks, repeats, rounds, only, choice(Via.class, name, value), out);
            case "--out" -> new Options(vlinks, repeats, rounds, only, via, Path.of(value));
            default ->
                throw new IllegalArgumentException(
                        "There is no option %s; there are --vlinks, --repeats, --rounds, --only, --via and --out."
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
