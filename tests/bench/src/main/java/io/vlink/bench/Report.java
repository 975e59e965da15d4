package io.vlink.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects figures, prints each when it is complete, and writes all of them at the end: as JSON, and as a page beside it. */
final class Report {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, List<Double>> open = new LinkedHashMap<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private String part = "";

    /** Starts a table. */
    void part(String name, String title) {
        part = name;
        titles.put(name, title);
        System.out.printf("%n%s%n", title);
        System.out.printf("  %-44s %10s %10s %10s %-9s %s%n", "", "min", "median", "max", "", "/ floor");
    }

    /** Adds a sample to a figure. {@link #close} prints it. */
    void add(String name, double value) {
        open.computeIfAbsent(name, it -> new ArrayList<>()).add(value);
    }

    /** Prints a figure after all of its samples were added. */
    void close(String name, String unit) {
        close(name, unit, null);
    }

    /** Prints a figure together with its ratio to a figure of the floor. */
    void close(String name, String unit, @Nullable String floor) {
        List<Double> repeats = open.remove(name);
        if (repeats == null) {
            throw new IllegalStateException("The figure '%s' has no samples.".formatted(name));
        }
        Figure figure = new Figure(part, name, unit, repeats, floor);
        figures.put(part + "/" + name, figure);
        System.out.printf(
                Locale.ROOT,
                "  %-44s %10s %10s %10s %-9s %s%n",
                name,
                FiguresPage.number(figure.min()),
                FiguresPage.number(figure.median()),
                FiguresPage.number(figure.max()),
                unit,
                ratio(figure).map(it -> "%.2f".formatted(it)).orElse(""));
    }

    private Optional<Double> ratio(Figure figure) {
        return Optional.ofNullable(figure.floor())
                .flatMap(name -> Optional.ofNullable(figures.get("floor/" + name)))
                .map(floor -> figure.median() / floor.median());
    }

    void write(Path file, Options options) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("began", began.toString());
        all.put("ended", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put(
                "machine",
                Map.of(
                        "processors",
                        Runtime.getRuntime().availableProcessors(),
                        "java",
                        Runtime.version().toString(),
                        "kernel",
                        System.getProperty("os.version", "")));
        all.put(
                "options",
                Map.of(
                        "vlinks",
                        options.vlinks(),
                        "nodes",
                        options.nodes(),
                        "repeats",
                        options.repeats(),
                        "rounds",
                        options.rounds(),
                        "via",
                        options.via().name().toLowerCase(Locale.ROOT)));
        List<Map<String, Object>> list = new ArrayList<>();
        for (Figure figure : figures.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("part", figure.part());
            one.put("name", figure.name());
            one.put("unit", figure.unit());
            one.put("min", figure.min());
            one.put("median", figure.median());
            one.put("max", figure.max());
            one.put("repeats", figure.repeats());
            ratio(figure).ifPresent(ratio -> {
                one.put("floor", String.valueOf(figure.floor()));
                one.put("ratio", ratio);
            });
            list.add(one);
        }
        all.put("figures", list);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(file, MAPPER.writeValueAsBytes(all));
        Path page = file.resolveSibling(file.getFileName().toString().replaceFirst("(\\.json)?$", ".md"));
        Files.writeString(page, FiguresPage.of(facts(options), titles, figures.values()));
        System.out.printf("%nAll samples: %s%nAs a page: %s%n", file, page);
    }

    private Map<String, String> facts(Options options) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("measured", began.toString());
        facts.put(
                "machine",
                "%d processors, Java %s, Linux %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version(),
                                System.getProperty("os.version", "")));
        facts.put(
                "options",
                "`--vlinks %d --nodes %d --repeats %d --rounds %d --via %s`"
                        .formatted(
                                options.vlinks(),
                                options.nodes(),
                                options.repeats(),
                                options.rounds(),
                                options.via().name().toLowerCase(Locale.ROOT)));
        return facts;
    }
}
