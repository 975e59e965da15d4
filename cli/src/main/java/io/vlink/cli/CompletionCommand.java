package io.vlink.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Prints a completion script for a shell. */
@Command(
        name = "completion",
        description = {
            "Prints a script that lets bash, zsh or fish complete the words of ./vlink, and names of resources, which it"
                    + " asks from the suite. In a shell or its start-up file:",
            "  source <(./vlink completion bash)     also with zsh",
            "  ./vlink completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Completion.Shell shell = Completion.Shell.BASH;

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
        vlink.print(new Completion(all).script(shell));
        return ExitCode.DONE.number();
    }
}
