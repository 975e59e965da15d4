package io.vlink.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Prints a completion script for a shell. */
@Command(
        name = "completion",
        description = {
            "Prints a script that lets bash or zsh complete the words of ./vlink. In a shell or its start-up file:",
            "  source <(./vlink completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The supported shells. */
    enum Shell {
        BASH,
        ZSH;

        /** The word on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final VlinkCommand vlink;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.BASH;

    CompletionCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        CommandLine all = CommandLines.of(vlink.surroundings());
        for (String other : vlink.surroundings().otherCommands().split(" ", -1)) {
            if (!other.isBlank()) {
                all.addSubcommand(other, CommandSpec.create());
            }
        }
        vlink.print(
                switch (shell) {
                    case BASH, ZSH -> AutoComplete.bash("vlink", all); // picocli's script works in both
                });
        return ExitCode.DONE.number();
    }
}
