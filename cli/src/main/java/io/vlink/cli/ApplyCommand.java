package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Api;
import io.vlink.cli.api.ProblemException;
import io.vlink.cli.api.Violation;
import io.vlink.cli.documents.Document;
import io.vlink.cli.documents.Sources;
import io.vlink.cli.drawing.DryRunDrawing;
import io.vlink.cli.kinds.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Declares the resources in files. */
@Command(
        name = "apply",
        description = {
            "Declares the resources in files: nodes, links, networks (also L2Network manifests) and attachments, in"
                    + " that order.",
            "Applying the same files again changes nothing."
        })
final class ApplyCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "YAML or JSON file with any number of documents, - for standard input, or a directory")
    private List<Path> files = List.of();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description =
                    "wait until networks and attachments are Ready or refused (default: " + CommandLines.WAIT + " s)")
    private @Nullable Integer wait;

    @Option(names = "--dry-run", description = "change nothing, only show what would be decided")
    private boolean dryRun;

    ApplyCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    /** A declared resource and its recorded generation. */
    private record Applied(
            Reference reference,
            Document document,
            @Nullable String generation) {}

    @Override
    public Integer call() {
        if (dryRun && wait != null) {
            throw new IllegalArgumentException("--wait cannot be used with --dry-run, which changes nothing.");
        }
        @Nullable Waiting waiting = wait == null ? null : new Waiting(vlink.surroundings().clock(), wait);
        List<Applied> wanted = new Sources(vlink.surroundings().in())
                .read(files).stream()
                        .map(document ->
                                new Applied(document.reference(vlink.overlay(), vlink.namespace()), document, null))
                        .sorted(Comparator.comparing(
                                applied -> applied.reference().kind()))
                        .toList();
        Api api = vlink.api();
        ExitCode code = ExitCode.DONE;
        List<Applied> declared = new ArrayList<>();
        for (Applied one : wanted) {
            try {
                if (dryRun) {
                    code = code.and(tryOut(api, one));
                } else {
                    declared.add(declare(api, one));
                }
            } catch (ProblemException e) {
                code = code.and(CommandLines.refused(vlink, one.reference() + " is refused. ", e.problem()));
            }
        }
        return waiting == null
                ? code.number()
                : code.and(await(api, declared, waiting)).number();
    }

    private Applied declare(Api api, Applied one) {
        Reference reference = one.reference();
        Answer before = api.look(reference.path());
        Answer answer = api.put(reference.path(), one.document().body(), null, Duration.ZERO);
        boolean fresh = before.isNotFound() || before.tree().path("withdrawn").asBoolean();
        boolean same = Objects.equals(before.entityTag(), answer.entityTag());
        vlink.printLine("%s %s".formatted(reference, fresh ? "created" : same ? "unchanged" : "configured"));
        vlink.warn(answer);
        warnOfDropped(one);
        return new Applied(reference, one.document(), answer.entityTag());
    }

    private void warnOfDropped(Applied one) {
        if (!one.document().dropped().isEmpty()) {
            vlink.warn("%s: network-api does not keep %s."
                    .formatted(
                            one.reference(), String.join(" and ", one.document().dropped())));
        }
    }

    /** Shows what network-api would decide. */
    private ExitCode tryOut(Api api, Applied one) {
        Reference reference = one.reference();
        Answer answer =
                api.put(reference.path() + "?dryRun=true", one.document().body(), null, Duration.ZERO);
        JsonNode result = answer.tree();
        warnOfDropped(one);
        if (!reference.kind().takesTime()) { // nodes and links are only recorded, nothing is decided about them
            String outcome = result.path("outcome").asText();
            vlink.printLine("%s would be %s".formatted(reference, outcome.equals("changed") ? "configured" : outcome));
            vlink.warn(answer);
            return ExitCode.DONE;
        }
        List<Violation> violations = Violation.in(result.path("violations"));
        if (!violations.isEmpty()) {
            vlink.complain("%s would be refused.".formatted(reference));
            CommandLines.list(vlink, violations);
        } else {
            vlink.printLine("%s would be %s"
                    .formatted(
                            reference,
                            result.path("outcome")
                                    .asText("recorded; the network %s does not exist yet"
                                            .formatted(result.path("network").asText()))));
        }
        vlink.print(DryRunDrawing.draw(result));
        return violations.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /** Declares the same again, which changes nothing, and lets network-api hold the answer; avoids polling. */
    private ExitCode await(Api api, List<Applied> declared, Waiting waiting) {
        ExitCode code = ExitCode.DONE;
        for (Applied one : declared) {
            if (one.reference().kind().takesTime()) {
                try {
                    code = code.and(await(api, one, waiting));
                } catch (ProblemException e) {
                    code = code.and(CommandLines.refused(
                            vlink, "%s was changed by another client. ".formatted(one.reference()), e.problem()));
                }
            }
        }
        return code;
    }

    private ExitCode await(Api api, Applied one, Waiting waiting) {
        while (true) {
            Duration patience = waiting.next(Api.LONGEST_WAIT);
            Answer answer = api.put(one.reference().path(), one.document().body(), one.generation(), patience);
            switch (Outcome.of(one.reference(), answer)) {
                case Outcome.Done done -> {
                    vlink.printLine(done.words());
                    return ExitCode.DONE;
                }
                case Outcome.Refused refused -> {
                    vlink.complain(refused.words());
                    CommandLines.list(vlink, refused.violations());
                    return ExitCode.REFUSED;
                }
                case Outcome.Pending pending -> {
                    if (waiting.next(Api.LONGEST_WAIT).isZero()) {
                        vlink.complain("%s (after %s)".formatted(pending.words(), waiting));
                        return ExitCode.LATE;
                    }
                }
            }
        }
    }
}
