package io.vlink.audit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The options of the command line.
 *
 * @param bootstrapServers Kafka's brokers
 * @param gateways HTTP address of every gateway
 * @param clientProperties file with Kafka client properties, such as those for TLS
 * @param patience minimum duration of a difference that is reported
 * @param json whether to print JSON
 */
record Arguments(
        String bootstrapServers, List<URI> gateways, Optional<Path> clientProperties, Duration patience, boolean json) {

    private static final long MAX_PATIENCE_SECONDS = 3_600;

    static final String USAGE = """
            usage: ./vlink audit [OPTION...]
              compares what is declared, recorded and installed, and proves that no network reaches another;
              prints each difference on one line, the worst first, and nothing when all is well (docs/audit.md explains each line)
              --bootstrap-servers HOST:PORT[,...]   Kafka (default: the one that ./vlink up started)
              --gateways URL[,URL...]               HTTP address of every switch-gateway (default: those that ./vlink up started)
              --command-config FILE                 Kafka client properties, such as those for TLS and SASL
              --patience SECONDS                    a difference is reported if it lasts this long (5); 0: one reading, for an idle suite
              --json                                the whole result as one JSON object
            exit code: 0 all is well, 1 differences found, 2 wrong usage, 3 Kafka or a gateway cannot be reached""";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong; the message says how
     */
    static Arguments of(List<String> words) {
        Arguments read = new Arguments("", List.of(), Optional.empty(), Duration.ofSeconds(5), false);
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String option = left.pop();
            if (option.contains("=") && option.startsWith("--")) {
                left.push(option.substring(option.indexOf('=') + 1));
                option = option.substring(0, option.indexOf('='));
            }
            read = read.with(option, left);
        }
        if (read.bootstrapServers.isEmpty()) {
            throw new IllegalArgumentException("The Kafka brokers are missing: add --bootstrap-servers HOST:PORT.");
        } else if (read.gateways.isEmpty()) {
            throw new IllegalArgumentException("The gateways are missing: add --gateways URL[,URL...].");
        }
        return read;
    }

    private Arguments with(String option, Deque<String> left) {
        return switch (option) {
            case "--bootstrap-servers" ->
                new Arguments(value(option, left), gateways, clientProperties, patience, json);
            case "--gateways" ->
                new Arguments(bootstrapServers, urls(value(option, left)), clientProperties, patience, json);
            case "--command-config" ->
                new Arguments(bootstrapServers, gateways, Optional.of(Path.of(value(option, left))), patience, json);
            case "--patience" ->
                new Arguments(bootstrapServers, gateways, clientProperties, seconds(value(option, left)), json);
            case "--json" -> new Arguments(bootstrapServers, gateways, clientProperties, patience, true);
            default -> throw new IllegalArgumentException("Unknown option '%s'.".formatted(option));
        };
    }

    private static String value(String option, Deque<String> left) {
        String value = left.poll();
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("%s needs a value.".formatted(option));
        }
        return value;
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,4}") || Long.parseLong(text) > MAX_PATIENCE_SECONDS) {
            throw new IllegalArgumentException(
                    "--patience must be seconds between 0 and %d, not '%s'.".formatted(MAX_PATIENCE_SECONDS, text));
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static List<URI> urls(String text) {
        List<URI> urls = new ArrayList<>();
        for (String word : Arrays.asList(text.split(",", -1))) {
            URI url = null;
            try {
                url = URI.create(word.strip());
            } catch (IllegalArgumentException e) {
                // reported below
            }
            if (url == null
                    || url.getHost() == null
                    || !List.of("http", "https").contains(url.getScheme())) {
                throw new IllegalArgumentException(
                        "--gateways must be URLs such as http://127.0.0.1:8083, not '%s'.".formatted(word));
            }
            urls.add(url);
        }
        return urls;
    }
}
