package io.vlink.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records the times of messages from the gateway to one switch, as printed by {@code ovs-ofctl snoop} in ms of the wall
 * clock.
 */
final class Snoop implements AutoCloseable {

    private static final Pattern MESSAGE = Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}): .*");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final String COMMIT = "type=COMMIT_REQUEST";

    private final Process process;
    private final Thread reader;
    private final List<Long> commits = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Snoop(Suite suite, String node) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("ovs-ofctl", "-O", "OpenFlow14", "--timestamp", "snoop", "br0");
        builder.environment().put("OVS_RUNDIR", suite.switchDirectory(node).toString());
        builder.environment().put("TZ", "UTC");
        process = builder.redirectErrorStream(true).start();
        reader = Thread.ofPlatform().name("snoop").start(this::read);
    }

    private void read() {
        long at = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher message = MESSAGE.matcher(line);
                if (message.matches()) {
                    at = LocalDateTime.parse(message.group(1), TIME)
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli();
                }
                if (line.contains(COMMIT)) {
                    commits.add(at);
                }
            }
        } catch (IOException e) {
            if (!closed) { // otherwise the stream was closed with the process, which may take a moment to end
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the times of bundle commits, in ms since 1970. */
    List<Long> commits() {
        return List.copyOf(commits);
    }

    @Override
    public void close() {
        closed = true;
        process.destroy();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
