package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Api;
import io.vlink.cli.drawing.Paint;
import io.vlink.cli.kinds.Place;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that all commands share: the address of network-api, overlay and namespace, and colours. */
@Command(
        name = "vlink",
        description = "Shows and changes the virtual links of a running suite.",
        synopsisSubcommandLabel = "COMMAND")
final class VlinkCommand {

    /** The values of {@code --colour}. */
    enum Colours {
        AUTO,
        ALWAYS,
        NEVER;

        /** The word on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--api",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "address of network-api (default: VLINK_API, else http://localhost:VLINK_API_PORT, else"
                    + " port 8080)")
    private @Nullable String url;

    @Option(
            names = "--ca",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "PEM file of the authority that signed its certificate (default: VLINK_CA, else the"
                    + " authorities of the platform)")
    private @Nullable Path authorities;

    @Option(
            names = "--overlay",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "the overlay (default: default)")
    private @Nullable String overlay;

    @Option(
            names = {"-n", "--namespace"},
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "the namespace of networks and attachments (default: default)")
    private @Nullable String namespace;

    @Option(
            names = "--colour",
            scope = ScopeType.INHERIT,
            paramLabel = "WHEN",
            description = "${COMPLETION-CANDIDATES} (auto: on a terminal, unless NO_COLOR is set)")
    private Colours colours = Colours.AUTO;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "show this help")
    void help(boolean asked) {
        // picocli prints the help
    }

    private final Surroundings surroundings;

    VlinkCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Api api() {
        String pem = surroundings.environment().getOrDefault("VLINK_CA", "");
        return Api.at(address(), authorities != null || pem.isEmpty() ? authorities : Path.of(pem));
    }

    /** Returns the address of network-api, as given. */
    String address() {
        Map<String, String> environment = surroundings.environment();
        String address = url != null ? url : environment.getOrDefault("VLINK_API", "");
        if (address.isEmpty()) {
            String port = environment.getOrDefault("VLINK_API_PORT", "");
            address = "http://localhost:" + (port.isEmpty() ? "8080" : port);
        }
        return address;
    }

    Place place() {
        String overlay = overlay();
        String namespace = namespace();
        return new Place(overlay == null ? Place.DEFAULT : overlay, namespace == null ? Place.DEFAULT : namespace);
    }

    /** Returns the value from the command line; null if not given. */
    @Nullable String overlay() {
        return said("--overlay", overlay);
    }

    /** Returns the value from the command line; null if not given. */
    @Nullable String namespace() {
        return said("--namespace", namespace);
    }

    private static @Nullable String said(String option, @Nullable String name) {
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException(option + " needs a name.");
        }
        return name;
    }

    Paint paint() {
        boolean coloured =
                switch (colours) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO ->
                        surroundings.terminal()
                                && surroundings
                                        .environment()
                                        .getOrDefault("NO_COLOR", "")
                                        .isEmpty()
                                && !"dumb".equals(surroundings.environment().get("TERM"));
                };
        return coloured ? Paint.COLOURED : Paint.PLAIN;
    }

    void print(String text) {
        surroundings.out().print(text);
    }

    void printLine(String line) {
        surroundings.out().println(line);
        surroundings.out().flush();
    }

    /** Prints the warnings of a successful answer. */
    void warn(Answer answer) {
        for (JsonNode warning : answer.tree().path("warnings")) {
            warn(warning.path("message").asText());
        }
    }

    void warn(String message) {
        surroundings.out().flush();
        surroundings.err().println(paint().in(Paint.Colour.PENDING, "warning: ") + message);
        surroundings.err().flush();
    }

    void complain(String line) {
        surroundings.out().flush();
        surroundings.err().println(paint().in(Paint.Colour.BAD, "vlink: ") + line);
        surroundings.err().flush();
    }
}
