package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.api.EventStream;
import io.vlink.cli.api.ProblemException;
import io.vlink.cli.api.ServerEvent;
import io.vlink.cli.api.UnreachableException;
import io.vlink.cli.documents.Written;
import io.vlink.cli.drawing.Lines;
import io.vlink.cli.drawing.Paint.Colour;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Reference;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows changes of resources. */
@Command(
        name = "watch",
        description = {
            "Shows the current state, then each change as it happens, until interrupted.",
            "Resumes at the same position after the connection was lost."
        })
final class WatchCommand implements Callable<Integer> {

    private final VlinkCommand vlink;
    private final Map<Reference, String> told = new HashMap<>();

    @Parameters(
            completionCandidates = Targets.Kinds.class,
            arity = "0..*",
            paramLabel = "KIND [NAME]",
            description = "as for get (default: networks)")
    private List<String> words = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "watch the resources of all namespaces")
    private boolean everywhere;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = WatchOutput.class,
            completionCandidates = WatchOutput.class,
            description = "table, or json: one object per line")
    private Format format = Format.TABLE;

    /** The values of {@code -o}. */
    static final class WatchOutput extends Formats {
        WatchOutput() {
            super(Format.TABLE, Format.JSON);
        }
    }

    WatchCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() throws InterruptedException {
        Targets targets = words.isEmpty() ? new Targets(Kind.NETWORK, List.of()) : Targets.of(words, vlink.place());
        if (targets.names().size() > 1) {
            throw new IllegalArgumentException("watch takes one name, or none for all resources of a kind.");
        }
        Watched watched = new Watched(
                vlink.api(),
                targets.kind(),
                targets.names().isEmpty() ? null : targets.names().getFirst(),
                vlink.place(),
                everywhere);
        follow(watched);
        return ExitCode.DONE.number();
    }

    /** Opens the stream before reading the resources, to miss no change in between. */
    private void follow(Watched watched) throws InterruptedException {
        @Nullable String position = null;
        boolean connected = false;
        boolean lost = false;
        while (!vlink.surroundings().out().checkError()) {
            try (EventStream stream = watched.open(position)) {
                if (position == null) {
                    watched.all().forEach(this::tell);
                }
                connected = true;
                lost = false;
                try {
                    read(stream, watched);
                } finally {
                    position = stream.position();
                }
            } catch (UnreachableException | ProblemException e) {
                lost = tryingAgain(connected, lost, e);
            }
            Thread.sleep(Reconnection.PAUSE);
        }
    }

    /** Reports a lost connection once. Ends the command if there never was a connection, or if no other try can help. */
    private boolean tryingAgain(boolean connected, boolean lost, RuntimeException e) {
        if (!connected || !Reconnection.mayHelp(e)) {
            throw e;
        }
        if (!lost) {
            vlink.complain("%s Retrying.".formatted(e.getMessage()));
        }
        return true;
    }

    private void read(EventStream stream, Watched watched) {
        boolean snapshot = false;
        for (ServerEvent event = stream.next();
                event != null && !vlink.surroundings().out().checkError();
                event = stream.next()) {
            if (event.beginsSnapshot()) {
                snapshot = true;
            } else if (event.endsSnapshot()) {
                snapshot = false;
                watched.all().forEach(this::tell);
            } else if (!snapshot) {
                watched.touched(event).forEach(this::tell);
            }
        }
    }

    /** Prints a change. In a table, skips changes that its line does not show. */
    private void tell(Watched.News news) {
        if (format == Format.JSON) {
            vlink.printLine(object(news).strip());
            return;
        }
        JsonNode item = news.item();
        String state = item == null
                ? vlink.paint().in(Colour.FAINT, "gone")
                : Lines.of(news.reference().kind(), item, vlink.paint());
        if (!state.equals(item == null ? told.remove(news.reference()) : told.put(news.reference(), state))) {
            vlink.printLine(line(news.reference(), state));
        }
    }

    private String line(Reference reference, String state) {
        LocalTime now = LocalTime.ofInstant(vlink.surroundings().clock().instant(), ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.MILLIS);
        return "%s  %s  %s"
                .formatted(
                        vlink.paint().in(Colour.FAINT, now.toString()),
                        everywhere && reference.kind().isNamespaced()
                                ? reference.place().namespace() + " " + reference
                                : reference.toString(),
                        state);
    }

    private static String object(Watched.News news) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", news.reference().kind().singular());
        object.put("name", news.reference().name());
        object.put("gone", news.item() == null);
        if (news.item() != null) {
            object.set("object", news.item());
        }
        return Written.line(object);
    }
}
