package io.vlink.topics;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param bootstrapServers absent: no Kafka is checked
 * @param partitions absent: as many as the existing topics have, otherwise {@value #DEFAULT_PARTITIONS}
 * @param replicas absent: the brokers' default
 * @param clientProperties a file with Kafka client properties, such as those of TLS
 * @param create whether missing topics are created
 * @param finalise whether internal records are written in this build's form from now on, permanently
 */
record Arguments(
        Optional<String> bootstrapServers,
        Optional<Integer> partitions,
        Optional<Short> replicas,
        Optional<Path> clientProperties,
        boolean create,
        boolean finalise) {

    static final int DEFAULT_PARTITIONS = 8;

    static final String USAGE = """
            usage: ./vlink topics [--bootstrap-servers HOST:PORT[,HOST:PORT...] [--create|--finalise]] [OPTION...]
              prints the required topics; with --bootstrap-servers also whether those on that Kafka are right
              --finalise                  makes an upgrade permanent: services write what earlier builds cannot read; the only way back is a copy
                                          of Kafka's data. Refused while a running service cannot read it
              --create                    creates missing topics; changes no existing one
              --partitions NUMBER         of each topic, the same as vlink.log.partitions of the services, permanently (8, or as existing topics have)
              --replication-factor NUMBER brokers that keep each partition (the brokers' default.replication.factor)
              --command-config FILE       Kafka client properties, such as those of TLS and SASL
            exit code: 0 all topics are right, 1 a topic is missing or differs, finalising was refused, or Kafka does not answer, 2 wrong usage""";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException stating what is wrong
     */
    static Arguments of(List<String> words) {
        Arguments read =
                new Arguments(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            read = switch (option) {
                case "--create" -> read.with(read.bootstrapServers, read.partitions, read.replicas, true);
                case "--finalise" ->
                    new Arguments(
                            read.bootstrapServers,
                            read.partitions,
                            read.replicas,
                            read.clientProperties,
                            read.create,
                            true);
                case "--bootstrap-servers", "--bootstrap-server" ->
                    read.with(Optional.of(value(option, rest)), read.partitions, read.replicas, read.create);
                case "--partitions" ->
                    read.with(
                            read.bootstrapServers,
                            Optional.of(number(option, value(option, rest), 10_000)),
                            read.replicas,
                            read.create);
                case "--replication-factor" ->
                    read.with(
                            read.bootstrapServers,
                            read.partitions,
                            Optional.of((short) number(option, value(option, rest), 1_000)),
                            read.create);
                case "--command-config" ->
                    new Arguments(
                            read.bootstrapServers,
                            read.partitions,
                            read.replicas,
                            Optional.of(Path.of(value(option, rest))),
                            read.create,
                            read.finalise);
                default -> throw new IllegalArgumentException("There is no option %s.".formatted(option));
            };
        }
        if (read.create && read.bootstrapServers.isEmpty()) {
            throw new IllegalArgumentException("--create needs --bootstrap-servers.");
        }
        if (read.finalise && (read.bootstrapServers.isEmpty() || read.create)) {
            throw new IllegalArgumentException("--finalise needs --bootstrap-servers, and excludes --create.");
        }
        return read;
    }

    private Arguments with(
            Optional<String> servers, Optional<Integer> partitionCount, Optional<Short> replicaCount, boolean making) {
        return new Arguments(servers, partitionCount, replicaCount, clientProperties, making, finalise);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty() || rest.getFirst().startsWith("--")) {
            throw new IllegalArgumentException("The option %s needs a value.".formatted(option));
        }
        return rest.removeFirst();
    }

    private static int number(String option, String text, int max) {
        if (text.matches("[1-9][0-9]{0,5}") && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("%s (%s) must be a number from 1 to %d.".formatted(option, text, max));
    }
}
