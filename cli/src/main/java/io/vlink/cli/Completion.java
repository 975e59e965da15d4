package io.vlink.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes scripts that complete the words of a command. Those ask the command itself for names of resources. */
final class Completion {

    /** The options that say where resources are. */
    private static final Set<String> WHERE = Set.of("--api", "--ca", "--overlay", "-n", "--namespace");

    private final CommandLine all;

    Completion(CommandLine all) {
        this.all = all;
    }

    /** Returns a script for bash, which zsh runs, too. */
    String bash() {
        return AutoComplete.bash("vlink", all) + filled("names.bash");
    }

    /** Returns a script for fish. */
    String fish() {
        StringBuilder script = new StringBuilder(filled("names.fish"));
        all.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            script.append("complete -c vlink -n __vlink_begins -a %s%s\n"
                    .formatted(name, described(spec.usageMessage().description())));
            for (PositionalParamSpec words : spec.positionalParameters()) {
                if (words.completionCandidates() != null) {
                    script.append("complete -c vlink -n '__vlink_after 1 %s' -a '%s'\n"
                            .formatted(name, candidates(words.completionCandidates())));
                }
            }
            for (OptionSpec option : spec.options()) {
                if (!option.hidden() && spec.userObject() != null) { // the script vlink itself has other options
                    script.append("complete -c vlink -n '__vlink_in %s'%s%s%s\n"
                            .formatted(name, names(option), values(option), described(option.description())));
                }
            }
        });
        return script.toString();
    }

    private static String names(OptionSpec option) {
        return Stream.of(option.names())
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    private static String values(OptionSpec option) {
        if (option.arity().max() == 0 || option.names()[0].equals("--wait")) { // --wait alone has a value already
            return "";
        }
        boolean file = option.paramLabel().equals("FILE");
        Iterable<String> candidates = option.completionCandidates();
        return file ? " -r -F" : candidates == null ? " -x" : " -x -a '%s'".formatted(candidates(candidates));
    }

    private static String candidates(Iterable<String> words) {
        return StreamSupport.stream(words.spliterator(), false).collect(Collectors.joining(" "));
    }

    /** Returns the first clause of a description as an option for fish. */
    private static String described(String... lines) {
        String line = lines.length == 0
                ? ""
                : lines[0].replaceAll("[\\\\'\"$]|[(:;].*", "").strip();
        return line.isEmpty() ? "" : " -d '%s'".formatted(line);
    }

    private String filled(String resource) {
        Set<String> valued = new LinkedHashSet<>();
        Stream.concat(Stream.of(all), all.getSubcommands().values().stream())
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> !option.hidden())
                .filter(option -> option.arity().max() > 0 && !option.names()[0].equals("--wait"))
                .forEach(option -> valued.addAll(List.of(option.names())));
        return text(resource)
                .replace("@VALUED@", String.join(" ", valued))
                .replace("@WHERE@", WHERE.stream().sorted().collect(Collectors.joining(" ")));
    }

    private static String text(String resource) {
        try (InputStream script = Completion.class.getResourceAsStream("completion/" + resource)) {
            if (script == null) {
                throw new IllegalStateException("The resource %s does not exist.".formatted(resource));
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The supported shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        /** The word on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String script(Shell shell) {
        return switch (shell) {
            case BASH, ZSH -> bash();
            case FISH -> fish();
        };
    }
}
