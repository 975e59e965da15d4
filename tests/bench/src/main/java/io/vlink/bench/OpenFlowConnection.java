package io.vlink.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A minimal OpenFlow 1.4 client to measure the limits of Open vSwitch. One thread, blocking. */
final class OpenFlowConnection implements Closeable {

    private static final byte VERSION = 5;
    private static final byte HELLO = 0;
    private static final byte ERROR = 1;
    private static final byte ECHO_REQUEST = 2;
    private static final byte ECHO_REPLY = 3;
    private static final byte FLOW_MOD = 14;
    private static final byte BARRIER_REQUEST = 20;
    private static final byte BARRIER_REPLY = 21;
    private static final byte ADD = 0;
    private static final byte DELETE = 3;
    private static final int HEADER = 8;
    private static final int BEFORE_MATCH = 48;
    private static final int NO_BUFFER = -1;
    private static final int ANY = -1;

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024).limit(0);
    private int xid;

    OpenFlowConnection(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        message(HELLO, HEADER);
        flush();
    }

    /** Sends a barrier and waits for its reply. */
    void barrier() throws IOException {
        message(BARRIER_REQUEST, HEADER);
        int awaited = xid;
        flush();
        while (true) {
            fill(HEADER);
            int length = Short.toUnsignedInt(in.getShort(in.position() + 2));
            fill(length);
            int start = in.position();
            byte type = in.get(start + 1);
            int answered = in.getInt(start + 4);
            if (type == ERROR) {
                throw new IOException("The switch answered with error %d/%d."
                        .formatted(in.getShort(start + HEADER), in.getShort(start + HEADER + 2)));
            }
            in.position(start + length);
            if (type == ECHO_REQUEST) {
                message(ECHO_REPLY, HEADER);
                flush();
            } else if (type == BARRIER_REPLY && answered == awaited) {
                return;
            }
        }
    }

    /**
     * Adds a rule like that of a transit hop: matches port and VLAN, sets a VLAN, outputs. It is sent with the next
     * barrier, or when many are buffered.
     */
    void addRule(int inPort, int vlan) throws IOException {
        int match = 4 + 8 + 6; // header and two fields, then padded to 24
        int actions = 16 + 16;
        int length = BEFORE_MATCH + 24 + 8 + actions;
        message(FLOW_MOD, length);
        body(ADD);
        out.putShort((short) 1).putShort((short) match);
        out.putInt(0x80000004).putInt(inPort);
        out.putInt(0x80000c02).putShort((short) (0x1000 | vlan)).put(new byte[24 - match]);
        out.putShort((short) 4).putShort((short) (8 + actions)).putInt(0);
        out.putShort((short) 25)
                .putShort((short) 16)
                .putInt(0x80000c02)
                .putShort((short) (0x1000 | vlan))
                .put(new byte[6]);
        out.putShort((short) 0)
                .putShort((short) 16)
                .putInt(inPort + 1)
                .putShort((short) 0)
                .put(new byte[6]);
    }

    void deleteAll() throws IOException {
        message(FLOW_MOD, BEFORE_MATCH + 8);
        body(DELETE);
        out.putShort((short) 1).putShort((short) 4).putInt(0);
    }

    private void body(byte command) {
        out.putLong(0)
                .putLong(0)
                .put((byte) 0)
                .put(command)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 100);
        out.putInt(NO_BUFFER).putInt(ANY).putInt(ANY).putShort((short) 0).putShort((short) 0);
    }

    private void message(byte type, int length) throws IOException {
        if (out.remaining() < length) {
            flush();
        }
        xid++;
        out.put(VERSION).put(type).putShort((short) length).putInt(xid);
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    private void fill(int length) throws IOException {
        if (in.remaining() < length && in.capacity() - in.position() < length) {
            in.compact().flip();
        }
        while (in.remaining() < length) {
            int start = in.position();
            in.position(in.limit()).limit(in.capacity());
            if (in.position() == in.capacity()) {
                throw new IOException("A message of %d bytes is too long.".formatted(length));
            }
            int read = channel.read(in);
            in.limit(in.position()).position(start);
            if (read < 0) {
                throw new EOFException("The switch closed the connection.");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
