package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hostile bytes from the network end their own connection, and nothing else. */
@ExtendWith(SharedWorld.class)
class HostileBytesIT {

    private static final byte[] HELLO = {5, 0, 0, 8, 0, 0, 0, 1};
    private static final int EACH = 60;

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();
    private final Random random = new Random(11);

    @Test
    void endOnlyTheirOwnConnection() throws IOException {
        // Given
        DatapathId id = ovs.bridge("calm", 2, "OpenFlow14");
        ovs.connect("calm", gateway.port());
        Switch connected = records.await(
                Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
        // When
        List<Socket> hostile = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            hostile.add(send(random(300)));
            hostile.add(send(HELLO, random(300)));
            hostile.add(send("GET / HTTP/1.1\r\nHost: gateway\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            hostile.add(send(HELLO, new byte[] {5, 6, 0, 3, 0, 0, 0, 0}));
            hostile.add(send(HELLO, new byte[] {5, 19, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0}));
            hostile.add(send(HELLO, frame(6, random(24))));
            hostile.add(send(HELLO, frame(19, random(200))));
            hostile.add(send(HELLO, frame(12, random(72))));
            hostile.add(send(new byte[] {1, 0, 0, 8, 0, 0, 0, 1}));
            hostile.add(send(new byte[] {5, 0}));
        }
        RuleSet set = world.sample(id, "calm", 5);
        records.put(set);
        // Then
        awaitApplied(records, set);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(hostile).allMatch(HostileBytesIT::isClosed));
        assertThat(gateway.isReady()).isTrue();
        assertThat(records.last(Topic.SWITCHES, id.toString(), Switch.class))
                .get()
                .matches(state -> state.since().equals(connected.since()))
                .matches(state -> state.state() == Switch.State.CONNECTED);
        assertThat(gateway.output())
                .contains("The first byte (0x47) of a frame is not an OpenFlow version. address=127.0.0.1:")
                .contains("The length (3) of a frame is less than the length of its header. address=")
                .contains("the switch speaks up to 1.0. address=")
                .contains("The handshake was not complete within")
                .doesNotContain("OutOfMemory");
        // Kafka's client mentions exceptions in its warnings while a topic is new; they are not the gateway's.
        assertThat(gateway.output().lines().filter(line -> !line.contains("[org.apache.kafka.")))
                .noneMatch(line -> line.contains("Exception:"));
        for (Socket socket : hostile) {
            socket.close();
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] frame(int type, byte[] body) {
        byte[] frame = new byte[body.length + 8];
        frame[0] = 5;
        frame[1] = (byte) type;
        frame[2] = (byte) (frame.length >> 8);
        frame[3] = (byte) frame.length;
        System.arraycopy(body, 0, frame, 8, body.length);
        return frame;
    }

    private Socket send(byte[]... parts) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(1);
        for (byte[] part : parts) {
            socket.getOutputStream().write(part);
        }
        return socket;
    }

    /** Reads all available bytes. Returns true at the end of the stream. */
    private static boolean isClosed(Socket socket) {
        try {
            int read = 0;
            while (read >= 0) {
                read = socket.getInputStream().read(new byte[4096]);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
