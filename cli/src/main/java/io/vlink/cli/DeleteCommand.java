package io.vlink.cli;

import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Api;
import io.vlink.cli.api.ProblemException;
import io.vlink.cli.documents.Sources;
import io.vlink.cli.kinds.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes resources. */
@Command(
        name = "delete",
        description =
                "Deletes resources by name, or all resources in files: attachments, networks, links, nodes, in that order."
                        + " For a switch that is gone, forgets the switch and its ports.")
final class DeleteCommand implements Callable<Integer> {

    private static final int STATUS_GONE = 204;
    private static final int STATUS_NOT_FOUND = 404;

    /** Resources before those that they need; a switch is removed after its node is deleted. */
    private static final Comparator<Reference> ORDER = Comparator.comparing(
                    (Reference reference) -> reference.kind().isDeclared() ? 0 : 1)
            .thenComparing(Comparator.comparing(Reference::kind).reversed());

    private final VlinkCommand vlink;

    @Parameters(
            completionCandidates = Targets.Kinds.class,
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "KIND NAME... | KIND/NAME...",
            description = "as for get; the name of an attachment is NETWORK/ID")
    private List<String> words = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "as for apply; only the names are used")
    private List<Path> files = List.of();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "wait until the resources are removed, also from the switches (default: " + CommandLines.WAIT
                    + " s)")
    private @Nullable Integer wait;

    @Option(names = "--ignore-not-found", description = "do not fail if a resource does not exist")
    private boolean ignoreNotFound;

    DeleteCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        if (words.isEmpty() == files.isEmpty()) {
            throw new IllegalArgumentException("Nothing to delete was given. Give either KIND NAME... or -f FILE.");
        }
        @Nullable Waiting waiting = wait == null ? null : new Waiting(vlink.surroundings().clock(), wait);
        List<Reference> unwanted = (words.isEmpty() ? inFiles() : Targets.named(words, vlink.place()))
                .stream().sorted(ORDER).toList();
        Api api = vlink.api();
        ExitCode code = ExitCode.DONE;
        for (Reference reference : unwanted) {
            try {
                code = code.and(delete(api, reference, waiting));
            } catch (ProblemException e) {
                if (ignoreNotFound && e.problem().status() == STATUS_NOT_FOUND) { // another client was faster
                    continue;
                }
                code = code.and(CommandLines.refused(vlink, reference + " is not deleted. ", e.problem()));
            }
        }
        return code.number();
    }

    private List<Reference> inFiles() {
        return new Sources(vlink.surroundings().in())
                .read(files).stream()
                        .map(document -> document.reference(vlink.overlay(), vlink.namespace()))
                        .toList();
    }

    private ExitCode delete(Api api, Reference reference, @Nullable Waiting waiting) {
        if (api.look(reference.path()).isNotFound()) {
            if (ignoreNotFound) {
                return ExitCode.DONE;
            }
            vlink.complain("%s does not exist.".formatted(reference));
            return ExitCode.NOT_FOUND;
        }
        if (waiting == null) {
            Answer answer = api.delete(reference.path(), Duration.ZERO);
            vlink.printLine("%s %s"
                    .formatted(reference, answer.status() == STATUS_GONE ? removed(reference) : "is being removed"));
            vlink.warn(answer);
            return ExitCode.DONE;
        }
        return await(api, reference, waiting);
    }

    /** Repeats the call, which changes nothing, and lets network-api hold each answer as long as it can. */
    private ExitCode await(Api api, Reference reference, Waiting waiting) {
        if (!reference.kind().takesTime()) { // show the warnings before waiting for networks to leave a link
            vlink.warn(api.delete(reference.path(), Duration.ZERO));
        }
        while (true) {
            Answer answer = api.delete(reference.path(), waiting.next(Api.LONGEST_WAIT));
            if (answer.status() == STATUS_GONE) {
                vlink.printLine("%s %s".formatted(reference, removed(reference)));
                return ExitCode.DONE;
            }
            if (waiting.next(Api.LONGEST_WAIT).isZero()) {
                vlink.complain("%s is still being removed (after %s)".formatted(reference, waiting));
                return ExitCode.LATE;
            }
        }
    }

    private static String removed(Reference reference) {
        return reference.kind().isDeclared() ? "deleted" : "forgotten";
    }
}
