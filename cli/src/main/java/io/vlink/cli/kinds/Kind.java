package io.vlink.cli.kinds;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of resources, each after those that it needs. */
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

    /** Returns whether users declare resources of this kind; switches and services are only observed. */
    public boolean isDeclared() {
        return this != SWITCH && this != SERVICE;
    }

    /** Returns whether a recorded change takes time to become effective. */
    public boolean takesTime() {
        return this == NETWORK || this == ATTACHMENT;
    }

    /** Returns the name as in documents, such as {@code Network}. */
    public String title() {
        return singular.substring(0, 1).toUpperCase(Locale.ROOT) + singular.substring(1);
    }

    /** Returns the plural as a heading, such as {@code Networks}. */
    public String heading() {
        return plural.substring(0, 1).toUpperCase(Locale.ROOT) + plural.substring(1);
    }

    /** Returns the kind with this name, short or long. */
    public static Kind of(String written) {
        return find(written)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The kind '%s' does not exist. Kinds: %s.".formatted(written, all())));
    }

    public static Optional<Kind> find(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.singular.equals(lower)
                        || kind.plural.equals(lower)
                        || List.of(kind.others.split(" ", -1)).contains(lower))
                .findFirst();
    }

    /** Returns all kinds with their short names, for messages. */
    public static String all() {
        return Arrays.stream(values())
                .map(kind -> "%s (%s)".formatted(kind.plural, kind.others.split(" ", -1)[0]))
                .collect(Collectors.joining(", "));
    }
}
