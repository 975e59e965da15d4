package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Api;
import io.vlink.cli.drawing.Tables;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Listing;
import io.vlink.cli.kinds.Place;
import io.vlink.cli.kinds.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists resources of one kind, or shows some by name. */
@Command(name = "get", description = "Lists resources of one kind, or shows some by name.")
final class GetCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Parameters(
            completionCandidates = Targets.Kinds.class,
            arity = "1..*",
            hideParamSyntax = true,
            paramLabel = "KIND [NAME...] | KIND/NAME...",
            description = "nodes, links, networks, attachments (NETWORK/ID), switches or services; also in singular and"
                    + " short forms")
    private List<String> words = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "list the resources of all namespaces")
    private boolean everywhere;

    @Option(names = "--network", paramLabel = "NAME", description = "list only the attachments of this network")
    private @Nullable String network;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = GetOutput.class,
            completionCandidates = GetOutput.class,
            description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.TABLE;

    /** The values of {@code -o}. */
    static final class GetOutput extends Formats {
        GetOutput() {
            super(Format.TABLE, Format.WIDE, Format.JSON, Format.YAML, Format.NAME);
        }
    }

    GetCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        Targets targets = Targets.of(words, vlink.place());
        if (network != null && targets.kind() != Kind.ATTACHMENT) {
            throw new IllegalArgumentException("--network can be used only with attachments.");
        }
        return (targets.names().isEmpty() ? all(targets.kind()) : some(targets.names())).number();
    }

    private ExitCode all(Kind kind) {
        Place place = vlink.place();
        List<JsonNode> items = vlink.api().list(new Listing(kind, place, everywhere, network).path());
        if (items.isEmpty() && (format == Format.TABLE || format == Format.WIDE)) {
            vlink.surroundings()
                    .err()
                    .println(
                            kind.isNamespaced() && !everywhere
                                    ? "There are no %s in namespace %s.".formatted(kind.plural(), place.namespace())
                                    : "There are no %s.".formatted(kind.plural()));
            return ExitCode.DONE;
        }
        print(kind, items, true);
        return ExitCode.DONE;
    }

    private ExitCode some(List<Reference> names) {
        Api api = vlink.api();
        ExitCode code = ExitCode.DONE;
        List<JsonNode> found = new ArrayList<>();
        Kind kind = names.getFirst().kind();
        for (Reference name : names) {
            if (name.kind() != kind) {
                throw new IllegalArgumentException("Give resources of one kind at a time, not %s and %s."
                        .formatted(kind.plural(), name.kind().plural()));
            }
            Answer answer = api.look(name.path());
            if (answer.isNotFound()) {
                vlink.complain("%s does not exist.".formatted(name));
                code = code.and(ExitCode.NOT_FOUND);
            } else {
                found.add(answer.tree());
            }
        }
        if (!found.isEmpty()) {
            print(kind, found, names.size() > 1);
        }
        return code;
    }

    private void print(Kind kind, List<JsonNode> items, boolean several) {
        switch (format) {
            case TABLE, WIDE ->
                vlink.print(Tables.draw(
                        kind,
                        items,
                        everywhere,
                        format == Format.WIDE,
                        vlink.surroundings().clock().instant(),
                        vlink.paint()));
            case JSON, YAML -> vlink.print(format.write(several ? list(items) : items.getFirst()));
            case NAME ->
                items.forEach(item -> vlink.printLine(Reference.of(kind, item).toString()));
            case DOT -> throw new IllegalStateException("-o %s was not rejected.".formatted(format));
        }
    }

    private static ObjectNode list(List<JsonNode> items) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode array = list.putArray("items");
        items.forEach(array::add);
        return list;
    }
}
