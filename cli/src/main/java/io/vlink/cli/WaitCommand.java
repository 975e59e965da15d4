package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.api.Api;
import io.vlink.cli.api.EventStream;
import io.vlink.cli.api.ProblemException;
import io.vlink.cli.api.ServerEvent;
import io.vlink.cli.api.UnreachableException;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Listing;
import io.vlink.cli.kinds.Reference;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits for resources. Reads them once, and again when the stream of changes names them. */
@Command(
        name = "wait",
        description = {
            "Waits until resources are Ready, have a condition, or are deleted.",
            "Ends at once if a network is refused. Only a status about the last declaration counts."
        })
final class WaitCommand implements Callable<Integer> {

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,6})(s|m|h)?");

    private final VlinkCommand vlink;

    @Parameters(
            completionCandidates = Targets.Kinds.class,
            arity = "1..*",
            hideParamSyntax = true,
            paramLabel = "KIND NAME... | KIND/NAME...",
            description = "as for get, except services; the name of an attachment is NETWORK/ID")
    private List<String> words = List.of();

    @Option(
            names = "--for",
            paramLabel = "GOAL",
            completionCandidates = Goals.class,
            description =
                    "ready (default; nodes and switches: connected, links: up, attachments: hold their end), delete, or for networks"
                            + " condition=TYPE[=STATUS]")
    private String goal = "ready";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "seconds, or with a unit: 90s, 5m, 1h (default: 30 s)")
    private String timeout = CommandLines.WAIT + "s";

    @Option(names = "--all", description = "wait for all resources of the kind")
    private boolean all;

    /** Values of {@code --for}, for a shell's completion. */
    static final class Goals implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.asList("ready", "delete", "condition=Ready", "condition=Accepted")
                    .iterator();
        }
    }

    WaitCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() throws InterruptedException {
        Targets targets = Targets.of(words, vlink.place());
        Goal wanted = Goal.of(goal);
        Kind kind = targets.kind();
        if (all != targets.names().isEmpty()) {
            throw new IllegalArgumentException(
                    all
                            ? "--all cannot be used with names."
                            : "The name of the %s is missing. Give names, or --all for all %s."
                                    .formatted(kind.singular(), kind.plural()));
        }
        if (!wanted.isFor(kind)) {
            throw new IllegalArgumentException("Only networks have conditions. Use --for=ready or --for=delete.");
        }
        Waiting waiting = new Waiting(vlink.surroundings().clock(), seconds(timeout));
        Api api = vlink.api();
        Set<Reference> names = new LinkedHashSet<>(targets.names());
        if (all) {
            api.list(new Listing(kind, vlink.place(), false, null).path())
                    .forEach(item -> names.add(Reference.of(kind, item)));
        }
        Watched watched =
                new Watched(api, kind, names.size() == 1 ? names.iterator().next() : null, vlink.place(), false);
        return new Round(wanted, watched, waiting, names).run().number();
    }

    private static long seconds(String written) {
        Matcher time = TIME.matcher(written);
        if (!time.matches()) {
            throw new IllegalArgumentException(
                    "--timeout (%s) must be seconds, or a number with s, m or h, such as 5m.".formatted(written));
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "m" -> number * 60;
            case "h" -> number * 3600;
            case null, default -> number;
        };
    }

    /** Waits for some resources, from the first look to the last. */
    private final class Round {

        private final Goal wanted;
        private final Watched watched;
        private final Waiting waiting;
        private final Map<Reference, String> open = new LinkedHashMap<>();
        private ExitCode code = ExitCode.DONE;
        private boolean connected;

        Round(Goal wanted, Watched watched, Waiting waiting, Set<Reference> names) {
            this.wanted = wanted;
            this.watched = watched;
            this.waiting = waiting;
            names.forEach(name -> open.put(name, "%s was not seen".formatted(name)));
        }

        ExitCode run() throws InterruptedException {
            while (!open.isEmpty()) {
                Duration left = waiting.next(Api.LONGEST_WAIT);
                if (left.isZero()) {
                    open.values().forEach(state -> vlink.complain("%s (after %s)".formatted(state, waiting)));
                    return code.and(ExitCode.LATE);
                }
                boolean ended;
                try {
                    ended = read(left);
                } catch (UnreachableException | ProblemException e) {
                    if (!connected || !Reconnection.mayHelp(e)) {
                        throw e;
                    }
                    ended = true;
                }
                if (ended) {
                    Thread.sleep(waiting.next(Reconnection.PAUSE));
                }
            }
            return code;
        }

        /** Opens the stream before reading the resources, to miss no change. Returns whether the other side ended it. */
        private boolean read(Duration left) {
            try (EventStream stream = watched.open(null, left)) {
                watched.all().forEach(this::judge);
                if (!connected) {
                    connected = true;
                    for (Reference name : watched.missing(open.keySet())) {
                        judge(new Watched.News(name, null));
                    }
                }
                while (!open.isEmpty()) {
                    ServerEvent event = stream.nextOrPause();
                    if (event == null) {
                        return true;
                    }
                    if (!event.isPause()) {
                        watched.touched(event).forEach(this::judge);
                    } else if (waiting.next(Api.LONGEST_WAIT).compareTo(left) < 0) {
                        return false; // the connection would be read for longer than there is time
                    }
                }
                return false;
            }
        }

        private void judge(Watched.News news) {
            Reference name = news.reference();
            if (!open.containsKey(name)) {
                return;
            }
            JsonNode item = news.item();
            switch (wanted.judge(name, item)) {
                case Outcome.Done done -> {
                    open.remove(name);
                    vlink.printLine(done.words());
                }
                case Outcome.Refused refused -> {
                    open.remove(name);
                    vlink.complain(refused.words());
                    CommandLines.list(vlink, refused.violations());
                    code = code.and(ExitCode.REFUSED);
                }
                case Outcome.Pending pending -> pending(name, item, pending.words());
            }
        }

        private void pending(Reference name, @Nullable JsonNode item, String words) {
            if (item == null) {
                open.remove(name);
                vlink.complain(words);
                code = code.and(ExitCode.NOT_FOUND);
            } else {
                open.put(name, words);
            }
        }
    }
}
