package io.vlink.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The label selector of kubectl. Always refused: resources of network-api have no labels. */
final class LabelSelector {

    private final CommandLine command;

    LabelSelector(CommandLine command) {
        this.command = command;
    }

    @SuppressWarnings("DoNotCallSuggester") // picocli calls it
    @Option(
            names = {"-l", "--selector"},
            hidden = true,
            paramLabel = "LABELS")
    void refuse(String labels) {
        throw new ParameterException(
                command,
                "-l %s cannot be used: resources of network-api have no labels. Select by kind, name and -n; in Kubernetes, L2Networks have labels: kubectl get l2networks -l %s."
                        .formatted(labels, labels));
    }
}
