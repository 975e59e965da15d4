package io.vlink.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The broker as a process. Arguments: {@code [port [directory]]}, or {@code VLINK_KAFKA_PORT} and
 * {@code VLINK_KAFKA_DIR}.
 */
public final class Main {
    private static final String DEFAULT_PORT = "9092";
    private static final String DEFAULT_DIRECTORY = ".run/kafka";

    private Main() {}

    public static void main(String... arguments) throws InterruptedException {
        configureLog();
        try {
            var broker = start(Arguments.of(arguments, System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close-broker"));
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            if (!(e instanceof IllegalArgumentException || e instanceof PortTakenException)) {
                e.printStackTrace(System.err);
            }
            System.exit(1);
        }
        new CountDownLatch(1).await(); // until the shutdown hook has run
    }

    private static LocalBroker start(Arguments arguments) {
        var broker = LocalBroker.start(arguments.port(), arguments.directory());
        System.out.printf(
                "Kafka serves %s, data in %s%n",
                broker.bootstrapServers(), arguments.directory().toAbsolutePath());
        return broker;
    }

    /** Logs warnings only, without the two that occur at every start and every stop. */
    private static void configureLog() {
        var prefix = "org.slf4j.simpleLogger.";
        System.setProperty(prefix + "defaultLogLevel", "warn");
        System.setProperty(prefix + "log.org.apache.kafka.controller.QuorumController", "error");
        System.setProperty(prefix + "log.org.apache.kafka.clients.NetworkClient", "error");
        System.setProperty(prefix + "showDateTime", "true");
        System.setProperty(prefix + "dateTimeFormat", "yyyy-MM-dd HH:mm:ss,SSS");
    }

    /** The settings, from the command line, the environment or the defaults, in this order. */
    record Arguments(int port, Path directory) {
        static Arguments of(String[] arguments, Map<String, String> environment) {
            if (arguments.length > 2) {
                throw new IllegalArgumentException("There may be at most two arguments: port and directory");
            }
            var port = arguments.length > 0 ? arguments[0] : environment.getOrDefault("VLINK_KAFKA_PORT", DEFAULT_PORT);
            var directory = arguments.length > 1
                    ? arguments[1]
                    : environment.getOrDefault("VLINK_KAFKA_DIR", DEFAULT_DIRECTORY);
            return new Arguments(portNumber(port), Path.of(directory));
        }

        private static int portNumber(String text) {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
                throw new IllegalArgumentException("Not a port number (0 to 65535): " + text);
            }
            return Integer.parseInt(text);
        }
    }
}
