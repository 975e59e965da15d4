package io.vlink.tests.suite;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Captures every incoming frame of a workload's interface with tcpdump, including tags. */
public final class Capture implements AutoCloseable {

    private final Process tcpdump;
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final CountDownLatch listening = new CountDownLatch(1);
    private volatile boolean closed;

    private Capture(Process tcpdump) {
        this.tcpdump = tcpdump;
    }

    /** Starts a capture; returns once it listens. */
    public static Capture at(Lab lab, String workload) {
        Capture capture = new Capture(lab.start(
                workload, "tcpdump", "-i", "eth0", "-Q", "in", "-s", "0", "-U", "--immediate-mode", "-w", "-"));
        Thread.ofVirtual().start(capture::readErrors);
        Thread.ofVirtual().start(capture::readFrames);
        try {
            if (!capture.listening.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("tcpdump does not listen on " + workload);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return capture;
    }

    /** Returns the frames so far, in hex. */
    public List<String> frames() {
        return List.copyOf(frames);
    }

    public long count(String hex) {
        return frames.stream().filter(hex::equals).count();
    }

    /** Waits for a frame that contains these bytes. */
    public void awaitFrame(String hexPart) {
        await("a frame with " + hexPart).atMost(60, TimeUnit.SECONDS).until(() -> frames.stream()
                .anyMatch(f -> f.contains(hexPart)));
    }

    @Override
    public void close() {
        closed = true;
        tcpdump.destroy();
    }

    private void readErrors() {
        try (BufferedReader errors = tcpdump.errorReader(StandardCharsets.UTF_8)) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                if (line.contains("listening on")) {
                    listening.countDown();
                }
            }
        } catch (IOException e) {
            rethrowWhileOpen(e);
        }
    }

    private void rethrowWhileOpen(IOException e) {
        if (!closed) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the pcap format: a header of 24 bytes, then a header of 16 bytes per frame with its length at offset 8. */
    private void readFrames() {
        try (DataInputStream in = new DataInputStream(tcpdump.getInputStream())) {
            in.readFully(new byte[24]);
            while (true) {
                byte[] header = new byte[16];
                in.readFully(header);
                byte[] frame = new byte
                        [ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(8)];
                in.readFully(frame);
                frames.add(HexFormat.of().formatHex(frame));
            }
        } catch (EOFException e) {
            // tcpdump has exited
        } catch (IOException e) {
            rethrowWhileOpen(e);
        }
    }
}
