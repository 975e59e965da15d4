package io.vlink.tests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Runs Python programs in a virtual environment, created once for each list of requirements. */
public final class Python {

    private static final Duration INSTALLING = Duration.ofMinutes(8);

    private final Path home;
    private final Path scripts;

    private Python(Path home, Path scripts) {
        this.home = home;
        this.scripts = scripts;
    }

    /** Returns the environment; creates it if necessary. */
    public static Python ready(Suite suite) {
        Path scripts = suite.root().resolve("tests/src/test/resources/python");
        Path requirements = scripts.resolve("requirements.txt");
        Path home = Path.of(System.getProperty("user.home"), ".cache", "vlink", "python-" + digest(requirements));
        if (!Files.exists(home.resolve("complete"))) {
            Command.run(Map.of(), List.of("python3", "-m", "venv", "--clear", home.toString()));
            Command.Result installed = Command.tryRun(
                    Map.of(),
                    List.of(home.resolve("bin/pip").toString(), "install", "-q", "-r", requirements.toString()),
                    INSTALLING);
            if (installed.exitCode() != 0) {
                throw new AssertionError("pip failed:%n%s".formatted(installed.output()));
            }
            write(home.resolve("complete"), "");
        }
        return new Python(home, scripts);
    }

    /** Runs an installed program in a directory that it may write to. */
    public Command.Result run(Path directory, Map<String, String> environment, Duration deadline, List<String> words) {
        List<String> command = new ArrayList<>(List.of("env", "-C", directory.toString()));
        command.add(home.resolve("bin").resolve(words.getFirst()).toString());
        command.addAll(words.subList(1, words.size()));
        return Command.tryRun(environment, command, deadline);
    }

    /** Returns a file beside the list of requirements. */
    public Path script(String name) {
        return scripts.resolve(name);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Path file) {
        try {
            byte[] text = Files.readString(file).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
