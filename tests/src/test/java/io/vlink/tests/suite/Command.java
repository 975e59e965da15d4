package io.vlink.tests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine. */
public final class Command {

    private static final Duration DEADLINE = Duration.ofMinutes(6);

    private Command() {}

    /** The output (both streams) and exit code of a program. */
    public record Result(int exitCode, String output) {}

    /** Runs a program, which must succeed. */
    public static String run(Map<String, String> environment, List<String> words) {
        return run(environment, words, DEADLINE);
    }

    /** Runs a program with another deadline; it must succeed. */
    public static String run(Map<String, String> environment, List<String> words, Duration deadline) {
        return run(environment, words, Path.of("").toAbsolutePath(), deadline);
    }

    /** Runs a program in a directory; it must succeed. */
    public static String run(Map<String, String> environment, List<String> words, Path directory, Duration deadline) {
        Result result = tryRun(environment, words, directory, deadline);
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    "%s exited with %d:%n%s".formatted(String.join(" ", words), result.exitCode(), result.output()));
        }
        return result.output();
    }

    /** Runs a program, which may fail. */
    public static Result tryRun(Map<String, String> environment, List<String> words) {
        return tryRun(environment, words, DEADLINE);
    }

    /** Runs a program with another deadline; it may fail. */
    public static Result tryRun(Map<String, String> environment, List<String> words, Duration deadline) {
        return tryRun(environment, words, Path.of("").toAbsolutePath(), deadline);
    }

    private static Result tryRun(
            Map<String, String> environment, List<String> words, Path directory, Duration deadline) {
        try {
            Path output = Files.createTempFile("vlink-command", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("%s did not exit within %s:%n%s"
                            .formatted(String.join(" ", words), deadline, Files.readString(output)));
                }
                return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted in " + words, e);
        }
    }
}
