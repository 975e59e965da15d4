package io.vlink.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one run as a page of Markdown: {@code docs/figures.md} is such a page. */
final class FiguresPage {

    private FiguresPage() {}

    /**
     * Returns the page.
     *
     * @param facts when, on what and with which options it was measured, in the order in which they are to be shown
     * @param titles titles of the parts, by their names
     */
    static String of(Map<String, String> facts, Map<String, String> titles, Collection<Figure> figures) {
        StringBuilder page = new StringBuilder("""
                # Figures

                `./vlink bench` measured these and wrote this page (`.run/bench/bench.md`).
                Times and rates depend on the machine: compare builds on one machine, in turns.

                """);
        facts.forEach((name, value) -> page.append("* %s: %s%n".formatted(name, value)));
        Map<String, List<Figure>> parts =
                figures.stream().collect(Collectors.groupingBy(Figure::part, LinkedHashMap::new, Collectors.toList()));
        parts.forEach((part, all) -> {
            page.append("%n## %s%n%n| | min | median | max | |%n|---|---|---|---|---|%n".formatted(titles.get(part)));
            all.forEach(figure -> page.append(row(figure)));
        });
        return page.toString();
    }

    private static String row(Figure figure) {
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        figure.name(),
                        number(figure.min()),
                        number(figure.median()),
                        number(figure.max()),
                        figure.unit());
    }

    /** Formats a value: two decimals below 100, none from there on. */
    static String number(double value) {
        String format = value >= 1000 ? "%,.0f" : value >= 100 ? "%.0f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
