package io.vlink.tests.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Vlink's metrics of one service at {@code /q/metrics}. */
final class Scrape {

    private static final Pattern SAMPLE = Pattern.compile("^(vlink_\\w+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** A metric, without the suffixes of histograms. */
    record Metric(String name, String type, TreeSet<String> labels, String help) {}

    private record Sample(String name, Map<String, String> labels, double value) {}

    private final Map<String, Metric> metrics = new TreeMap<>();
    private final List<Sample> samples = new ArrayList<>();

    Scrape(String text) {
        Map<String, String> helps = new TreeMap<>();
        text.lines().filter(line -> line.startsWith("# HELP vlink_")).forEach(line -> {
            String[] words = line.split(" ", 4);
            helps.put(words[2], words[3]);
        });
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# TYPE vlink_")) {
                metrics.put(
                        words[2], new Metric(words[2], words[3], new TreeSet<>(), helps.getOrDefault(words[2], "")));
            }
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                take(sample.group(1), labels(sample.group(2)), Double.parseDouble(sample.group(3)));
            }
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    private void take(String name, Map<String, String> labels, double value) {
        samples.add(new Sample(name, labels, value));
        Metric metric = metrics.get(name);
        if (metric == null) {
            metric = metrics.get(name.replaceAll("_(bucket|sum|count)$", ""));
        }
        if (metric != null) {
            metric.labels().addAll(labels.keySet());
            metric.labels().remove("le");
        }
    }

    Map<String, Metric> metrics() {
        return metrics;
    }

    /** Returns the sum of all samples with these labels. */
    double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }
}
