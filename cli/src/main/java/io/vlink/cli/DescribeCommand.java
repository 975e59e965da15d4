package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Api;
import io.vlink.cli.drawing.Description;
import io.vlink.cli.drawing.Paint;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Reference;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows all details of resources. */
@Command(name = "describe", description = "Shows all details: conditions, reasons, circuits, attachments, ports.")
final class DescribeCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Parameters(
            completionCandidates = Targets.Kinds.class,
            arity = "1..*",
            hideParamSyntax = true,
            paramLabel = "KIND NAME... | KIND/NAME...",
            description = "as for get; the name of an attachment is NETWORK/ID")
    private List<String> words = List.of();

    @Option(names = "--ignore-not-found", description = "do not fail if a resource does not exist")
    private boolean ignoreNotFound;

    DescribeCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        Api api = vlink.api();
        ExitCode code = ExitCode.DONE;
        boolean first = true;
        for (Reference name : Targets.named(words, vlink.place())) {
            Answer answer = api.look(name.path());
            if (answer.isNotFound() && ignoreNotFound) {
                continue;
            }
            if (answer.isNotFound()) {
                vlink.complain("%s does not exist.".formatted(name));
                code = code.and(ExitCode.NOT_FOUND);
                continue;
            }
            vlink.print((first ? "" : "\n") + described(api, name, answer.tree()));
            first = false;
        }
        return code.number();
    }

    private String described(Api api, Reference name, JsonNode shown) {
        Instant now = vlink.surroundings().clock().instant();
        Paint paint = vlink.paint();
        return name.kind() == Kind.NETWORK
                ? Description.ofNetwork(
                        name.name(),
                        shown,
                        api.get(name.path() + "/path"),
                        JsonNodeFactory.instance.arrayNode().addAll(api.list(name.path() + "/attachments")),
                        now,
                        paint)
                : Description.of(name.kind(), name.name(), shown, now, paint);
    }
}
