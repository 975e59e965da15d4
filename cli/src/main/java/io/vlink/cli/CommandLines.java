package io.vlink.cli;

import io.vlink.cli.api.Problem;
import io.vlink.cli.api.ProblemException;
import io.vlink.cli.api.UnreachableException;
import io.vlink.cli.api.Violation;
import io.vlink.cli.documents.UnreadableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs commands: parses the words, reports every failure, and returns an exit code. */
final class CommandLines {

    /** Seconds that {@code --wait} waits if no number is given. */
    static final int WAIT = 30;

    private static final int WIDEST_HELP = 120;
    /** The least width that picocli accepts. */
    private static final int NARROWEST_HELP = 55;

    private CommandLines() {}

    static int run(Surroundings surroundings, String... words) {
        int code = of(surroundings)
                .execute(Arrays.stream(words)
                        .map(word -> word.equals("--wait") ? "--wait=" + WAIT : word)
                        .toArray(String[]::new));
        return written(surroundings, code);
    }

    /** Returns the exit code of a command, which is not that of success if its output is lost. */
    private static int written(Surroundings surroundings, int code) {
        IOException failure = surroundings.out().failure();
        if (failure == null || String.valueOf(failure.getMessage()).contains("Broken pipe")) {
            return code; // a reader such as head, which has read enough, loses nothing
        }
        surroundings.err().println("vlink: The output could not be written: %s.".formatted(failure.getMessage()));
        surroundings.err().flush();
        return code == ExitCode.DONE.number() ? ExitCode.REFUSED.number() : code;
    }

    static CommandLine of(Surroundings surroundings) {
        VlinkCommand vlink = new VlinkCommand(surroundings);
        CommandLine all = new CommandLine(vlink);
        Stream.of(
                        new GetCommand(vlink),
                        new DescribeCommand(vlink),
                        new ApplyCommand(vlink),
                        new DeleteCommand(vlink),
                        new WatchCommand(vlink),
                        new WaitCommand(vlink),
                        new PathCommand(vlink),
                        new TopologyCommand(vlink),
                        new VersionCommand(vlink),
                        new CompletionCommand(vlink))
                .forEach(all::addSubcommand);
        Stream.of("get", "describe", "delete", "watch", "wait")
                .map(all.getSubcommands()::get)
                .forEach(command -> command.addMixin("selector", new LabelSelector(command)));
        Stream.concat(Stream.of(all), all.getSubcommands().values().stream())
                .map(command -> command.getCommandSpec().usageMessage())
                .forEach(usage -> usage.exitCodeListHeading("Exit codes:%n").exitCodeList(ExitCode.all()));
        return all.setOut(surroundings.out())
                .setErr(surroundings.err())
                .registerConverter(VlinkCommand.Colours.class, new WordConverter<>(VlinkCommand.Colours.class))
                .registerConverter(Completion.Shell.class, new WordConverter<>(Completion.Shell.class))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(helpWidth(surroundings.columns()))
                .setParameterExceptionHandler((e, arguments) -> misused(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(vlink, e));
    }

    private static int helpWidth(int columns) {
        return columns == 0 ? WIDEST_HELP : Math.clamp(columns, NARROWEST_HELP, WIDEST_HELP);
    }

    private static int misused(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("vlink: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr()
                .println("See: vlink %s--help"
                        .formatted(command.getParent() == null ? "" : command.getCommandName() + " "));
        return ExitCode.USAGE.number();
    }

    private static int failed(VlinkCommand vlink, Exception e) throws Exception {
        return switch (e) {
            case ProblemException refused ->
                refused(vlink, "", refused.problem()).number();
            case UnreachableException unreachable -> said(vlink, unreachable, ExitCode.UNREACHABLE);
            case UnreadableException unreadable -> said(vlink, unreadable, ExitCode.USAGE);
            case IllegalArgumentException misused -> said(vlink, misused, ExitCode.USAGE);
            case UncheckedIOException broken -> said(vlink, broken, ExitCode.REFUSED);
            default -> throw e;
        };
    }

    private static int said(VlinkCommand vlink, Exception e, ExitCode code) {
        vlink.complain(String.valueOf(e.getMessage()));
        return code.number();
    }

    /** Prints why a call was refused, with every violation. */
    static ExitCode refused(VlinkCommand vlink, String before, Problem problem) {
        vlink.complain(before + problem.summary());
        list(vlink, problem.violations());
        return problem.status() == 404 ? ExitCode.NOT_FOUND : ExitCode.REFUSED;
    }

    static void list(VlinkCommand vlink, List<Violation> violations) {
        violations.forEach(violation -> vlink.surroundings()
                .err()
                .println("  %s  %s: %s".formatted(violation.field(), violation.reason(), violation.message())));
        vlink.surroundings().err().flush();
    }
}
