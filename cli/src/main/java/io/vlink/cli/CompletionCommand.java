package io.vlink.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete the commands. */
@Command(
        name = "completion",
        description = {
            "Prints what makes bash or zsh complete words of ./vlink; in a shell, or its start-up file:",
            "  source <(./vlink completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Shells that are known. */
    enum Shell {
        bash,
        zsh
    }

    private final VlinkCommand vlink;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

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
                    case bash, zsh -> AutoComplete.bash("vlink", all); // what picocli writes is for both
                });
        return ExitCode.DONE.number();
    }
}
