package io.vlink.gateway.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Injects frames at dummy ports like {@code ovs-appctl netdev-dummy/receive}, but a thousand times faster. For one thread. */
public final class DummyPorts implements AutoCloseable {

    private final SocketChannel channel;
    private long requests;

    DummyPorts(Path control) {
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(control));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Injects frames. Returns once the port has them; a port takes at most a hundred at once. */
    public void receive(String port, List<String> framesInHex) {
        String id = Long.toString(++requests);
        String params = framesInHex.stream().map("\"%s\""::formatted).collect(Collectors.joining(","));
        String request =
                "{\"id\":%s,\"method\":\"netdev-dummy/receive\",\"params\":[\"%s\",%s]}".formatted(id, port, params);
        try {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            String answer = answer();
            if (!answer.contains("\"error\":null") || !answer.contains("\"id\":" + id)) {
                throw new IllegalStateException("netdev-dummy/receive %s: %s".formatted(port, answer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one JSON object without nested objects. */
    private String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        ByteBuffer part = ByteBuffer.allocate(4096);
        while (answer.isEmpty() || answer.charAt(answer.length() - 1) != '}') {
            if (channel.read(part.clear()) < 0) {
                throw new IOException("ovs-vswitchd closed the connection.");
            }
            answer.append(
                    StandardCharsets.US_ASCII.decode(part.flip()).toString().strip());
        }
        return answer.toString();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
