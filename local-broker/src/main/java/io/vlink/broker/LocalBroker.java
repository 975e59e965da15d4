package io.vlink.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One running broker on the loopback address. Restarted on the same directory it has the same cluster id and all
 * records. Closing it waits until everything is on disk.
 */
public final class LocalBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final int port;

    private LocalBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker. Returns when it serves.
     *
     * @param port 0 for any free port
     * @throws PortTakenException if the port is in use
     */
    public static LocalBroker start(int port, Path directory) {
        var ports = freePorts(port);
        format(directory);
        var settings = BrokerSettings.of(HOST, ports.client(), ports.controller(), directory);
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        return new LocalBroker(server, ports.client());
    }

    /** The value for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) {
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setClusterId(clusterId(directory))
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the directory %s for Kafka's data".formatted(directory), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // declared by Formatter.run()
            throw new IllegalStateException("Cannot prepare the directory %s for Kafka's data".formatted(directory), e);
        }
    }

    /** The formatter refuses a directory of another cluster, so the id is stored beside the data. */
    private static String clusterId(Path directory) throws IOException {
        var file = directory.resolve("cluster.id");
        if (Files.notExists(file)) {
            Files.writeString(file, Uuid.randomUuid().toString());
        }
        return Files.readString(file);
    }

    /** Both sockets are open at the same time, which makes the ports differ. */
    private static Ports freePorts(int wanted) {
        try (var client = listen(wanted);
                var controller = listen(0)) {
            return new Ports(client.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new PortTakenException(HOST, wanted, e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private record Ports(int client, int controller) {}
}
