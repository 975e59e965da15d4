package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Api;
import io.vlink.cli.api.ProblemException;
import io.vlink.cli.drawing.Paint;
import io.vlink.cli.drawing.Tables;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Listing;
import io.vlink.cli.kinds.Place;
import io.vlink.cli.kinds.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists resources of some kinds, or shows some by name. */
@Command(
        name = "get",
        description = {
            "Lists resources, or shows some by name.",
            "A table cuts long words in the middle, and in a terminal is as wide as that; -o wide cuts nothing."
        })
final class GetCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Parameters(
            completionCandidates = Targets.KindsAndAll.class,
            arity = "1..*",
            hideParamSyntax = true,
            paramLabel = "KIND [NAME...] | KIND/NAME...",
            description = "nodes, links, networks, attachments (NETWORK/ID), switches or services, also in singular and"
                    + " short forms; several separated by commas, or all")
    private List<String> words = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "list the resources of all namespaces")
    private boolean everywhere;

    @Option(names = "--ignore-not-found", description = "do not fail if a resource does not exist")
    private boolean ignoreNotFound;

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
        List<Kind> kinds = Targets.several(words);
        if (!kinds.isEmpty()) {
            mustBeOfAttachments(null);
            return several(kinds).number();
        }
        Targets targets = Targets.of(words, vlink.place());
        mustBeOfAttachments(targets.kind());
        return (targets.names().isEmpty() ? all(targets.kind()) : some(targets.names())).number();
    }

    private void mustBeOfAttachments(@Nullable Kind kind) {
        if (network != null && kind != Kind.ATTACHMENT) {
            throw new IllegalArgumentException("--network can be used only with attachments.");
        }
    }

    /** Lists each kind that can be read: as tables under headings, or as one list. */
    private ExitCode several(List<Kind> kinds) {
        Api api = vlink.api();
        ExitCode code = ExitCode.DONE;
        Map<Kind, List<JsonNode>> found = new EnumMap<>(Kind.class);
        for (Kind kind : kinds) {
            try {
                List<JsonNode> items = api.list(new Listing(kind, vlink.place(), everywhere, null).path());
                if (!items.isEmpty()) {
                    found.put(kind, items);
                }
            } catch (ProblemException e) {
                code = code.and(
                        CommandLines.refused(vlink, "The %s cannot be listed. ".formatted(kind.plural()), e.problem()));
            }
        }
        switch (format) {
            case TABLE, WIDE -> {
                vlink.print(found.entrySet().stream()
                        .map(kind -> vlink.paint()
                                        .in(Paint.Colour.STRONG, kind.getKey().heading()) + "\n"
                                + table(kind.getKey(), kind.getValue()))
                        .collect(Collectors.joining("\n")));
                if (found.isEmpty() && code == ExitCode.DONE) {
                    vlink.surroundings().err().println("There is none of these.");
                }
            }
            case JSON, YAML -> vlink.print(format.write(list(named(found))));
            case NAME, DOT -> found.forEach((kind, items) -> print(kind, items, true));
        }
        return code;
    }

    /** Returns all items with their kinds, which documents need. */
    private static List<JsonNode> named(Map<Kind, List<JsonNode>> found) {
        List<JsonNode> named = new ArrayList<>();
        found.forEach((kind, items) -> items.forEach(item -> {
            ObjectNode one = JsonNodeFactory.instance.objectNode().put("kind", kind.title());
            item.properties().forEach(member -> one.set(member.getKey(), member.getValue()));
            named.add(one);
        }));
        return named;
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
            if (answer.isNotFound() && ignoreNotFound) {
                continue;
            }
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
            case TABLE, WIDE -> vlink.print(table(kind, items));
            case JSON, YAML -> vlink.print(format.write(several ? list(items) : items.getFirst()));
            case NAME ->
                items.forEach(item -> vlink.printLine(Reference.of(kind, item).toString()));
            case DOT -> throw new IllegalStateException("-o %s was not rejected.".formatted(format));
        }
    }

    private String table(Kind kind, List<JsonNode> items) {
        Instant now = vlink.surroundings().clock().instant();
        return format == Format.WIDE
                ? Tables.draw(kind, items, everywhere, true, now, vlink.paint())
                : Tables.fitted(kind, items, everywhere, vlink.surroundings().columns(), now, vlink.paint());
    }

    private static ObjectNode list(List<JsonNode> items) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode array = list.putArray("items");
        items.forEach(array::add);
        return list;
    }
}
