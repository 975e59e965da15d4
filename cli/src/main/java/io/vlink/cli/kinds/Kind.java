package io.vlink.cli.kinds;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A kind of thing, in the order in which things need each other. */
public enum Kind {
    NODE("node", "nodes", "no"),
    LINK("link", "links", "ln"),
    NETWORK("network", "networks", "net nets vlink vlinks l2network l2networks"),
    ATTACHMENT("attachment", "attachments", "att atts"),
    SWITCH("switch", "switches", "sw"),
    SERVICE("service", "services", "svc");

    private final String singular;
    private final String plural;
    private final String others;

    Kind(String singular, String plural, String others) {
        this.singular = singular;
        this.plural = plural;
        this.others = others;
    }

    public String singular() {
        return singular;
    }

    public String plural() {
        return plural;
    }

    public boolean isNamespaced() {
        return this == NETWORK || this == ATTACHMENT;
    }

    /** Whether users declare it; switches and services are seen, not declared. */
    public boolean isDeclared() {
        return this != SWITCH && this != SERVICE;
    }

    /** Whether it takes time until what is recorded is also so. */
    public boolean takesTime() {
        return this == NETWORK || this == ATTACHMENT;
    }

    /** By any of its names. */
    public static Kind of(String written) {
        return find(written)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no kind '%s'; there are: %s.".formatted(written, all())));
    }

    public static Optional<Kind> find(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.singular.equals(lower)
                        || kind.plural.equals(lower)
                        || List.of(kind.others.split(" ", -1)).contains(lower))
                .findFirst();
    }

    /** All kinds with their short names, for people. */
    public static String all() {
        return Arrays.stream(values())
                .map(kind -> "%s (%s)".formatted(kind.plural, kind.others.split(" ", -1)[0]))
                .collect(Collectors.joining(", "));
    }
}
