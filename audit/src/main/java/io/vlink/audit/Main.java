package io.vlink.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;

/** The command {@code ./vlink audit}. */
public final class Main {

    private static final int DIFFERENCES = 1;
    private static final int USAGE = 2;
    private static final int UNREACHABLE = 3;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] words) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off"); // errors are reported below
        System.exit(written(run(List.of(words), System.out, System.err), System.out, System.err));
    }

    /** Returns the exit code, which is not that of success if the output is lost. */
    static int written(int code, PrintStream out, PrintStream err) {
        if (!out.checkError()) {
            return code;
        }
        err.println("vlink: The output could not be written. Check that the disk is not full.");
        return code == 0 ? DIFFERENCES : code;
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.contains("--help") || words.contains("-h")) {
            out.println(Arguments.USAGE);
            return 0;
        }
        Arguments arguments;
        try {
            arguments = Arguments.of(words);
        } catch (IllegalArgumentException e) {
            err.printf("vlink: %s%n%n%s%n", e.getMessage(), Arguments.USAGE);
            return USAGE;
        }
        try (Audit audit = new Audit(
                arguments.bootstrapServers(), properties(arguments.clientProperties()), arguments.gateways())) {
            Audit.AuditResult findings = audit.lasting(arguments.patience());
            out.print(arguments.json() ? Report.json(findings) : Report.lines(findings));
            return findings.differences().isEmpty() ? 0 : DIFFERENCES;
        } catch (KafkaException e) {
            err.printf("vlink: Kafka at %s: %s%n", arguments.bootstrapServers(), reason(e));
            return UNREACHABLE;
        } catch (IOException | UncheckedIOException e) {
            err.printf("vlink: %s%n", e.getMessage());
            return UNREACHABLE;
        }
    }

    private static String reason(KafkaException e) {
        return e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + e.getCause().getMessage();
    }

    private static Properties properties(Optional<Path> file) throws IOException {
        Properties properties = new Properties();
        if (file.isPresent()) {
            try (Reader reader = Files.newBufferedReader(file.get())) {
                properties.load(reader);
            } catch (IOException e) {
                throw new IOException("The file %s cannot be read: %s".formatted(file.get(), e), e);
            }
        }
        return properties;
    }
}
