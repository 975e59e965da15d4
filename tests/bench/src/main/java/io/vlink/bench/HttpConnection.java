package io.vlink.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection, one call at a time. The wake-ups of the threads of the JDK's client would distort
 * figures on two cores.
 */
final class HttpConnection implements Closeable {

    private final Socket socket;
    private final InputStream in;

    /** The answer to a call. */
    record HttpReply(int status, String body) {
        HttpReply mustBe(String expected) throws IOException {
            if (status >= 300 || !body.contains(expected)) {
                throw new IOException("HTTP %d instead of %s: %s".formatted(status, expected, body));
            }
            return this;
        }
    }

    HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    HttpReply get(String path) throws IOException {
        return call("GET", path, "", "");
    }

    /** Declares a vlink; returns when it is Ready. */
    HttpReply makeAndWait(Sample sample, int vlink) throws IOException {
        return call(
                        "POST",
                        Sample.NETWORKS,
                        "Content-Type: application/json\r\nPrefer: wait=20\r\n",
                        sample.network(vlink))
                .mustBe("\"phase\":\"Ready\"");
    }

    /** Deletes a vlink; returns when every switch has confirmed the removal. */
    HttpReply removeAndWait(Sample sample, int vlink) throws IOException {
        return call("DELETE", Sample.NETWORKS + "/" + sample.name(vlink), "Prefer: wait=20\r\n", "")
                .mustBe("");
    }

    HttpReply post(String path, String headers, String body) throws IOException {
        return call("POST", path, headers, body);
    }

    HttpReply put(String path, String headers, String body) throws IOException {
        return call("PUT", path, headers, body);
    }

    private HttpReply call(String method, String path, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(method, path, headers, bytes.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);
        socket.getOutputStream().write(all);
        return answer();
    }

    private HttpReply answer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line().toLowerCase(Locale.ROOT);
                !header.isEmpty();
                header = line().toLowerCase(Locale.ROOT)) {
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
        }
        return new HttpReply(status, new String(chunked ? chunks() : bytes(length), StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            all.write(bytes(size));
            line();
            size = Integer.parseInt(line(), 16);
        }
        line();
        return all.toByteArray();
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ended early.");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("network-api closed the connection.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
