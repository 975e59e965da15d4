package io.vlink.gateway.openflow.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connections that claim one datapath id, with a fake clock. */
class ConnectionAdmissionTest {

    private static final DatapathId ID = DatapathId.of("a");

    private final List<Timer> timers = new ArrayList<>();
    private @Nullable RecordedBridge recorded;
    private long now = 1_000_000_000_000L;
    private @Nullable String elsewhere;
    private final ConnectionAdmission admission = new ConnectionAdmission(
            id -> Optional.ofNullable(recorded), id -> Optional.ofNullable(elsewhere), () -> now);

    private record Timer(long due, Runnable then) {}

    /** A fake connection. */
    private final class Fake implements Contender {
        private final String host;
        private final String hardwareAddress;
        private final List<String> rivals = new ArrayList<>();
        private boolean alive = true;
        private boolean open = true;
        private boolean served;
        private int proofs;

        Fake(String host, String hardwareAddress) {
            this.host = host;
            this.hardwareAddress = hardwareAddress;
        }

        @Override
        public DatapathId datapathId() {
            return ID;
        }

        @Override
        public String address() {
            return host + ":4711";
        }

        @Override
        public RecordedBridge.Claimant claim() {
            return new RecordedBridge.Claimant(
                    host, List.of(new ObservedPort(PortNumber.of(1), "p1", hardwareAddress, true, 0)));
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void begin() {
            served = true;
        }

        @Override
        public void refuse(String reason) {
            close();
        }

        void close() {
            if (open) {
                open = false;
                served = false;
                admission.left(this);
            }
        }

        @Override
        public void prove(Duration within, Consumer<Boolean> told) {
            proofs++;
            after(alive ? 1_000_000 : within.toNanos(), () -> {
                if (open) {
                    told.accept(alive);
                }
            });
        }

        @Override
        public void after(long wait, Runnable then) {
            timers.add(new Timer(now + wait, then));
        }

        @Override
        public void rivalled(Contender rival) {
            rivals.add(rival.address());
        }
    }

    @Test
    void servesTheSwitchThatItsOwnerServesThoughAnotherCameFirst() {
        // Given
        elsewhere = "10.0.0.1";
        Fake clone = arrive("10.0.0.2");
        assertThat(clone.served).isTrue();
        // When
        Fake right = arrive("10.0.0.1");
        // Then
        assertThat(right.served).isTrue();
        assertThat(right.rivals).containsExactly("10.0.0.2:4711");
        assertThat(clone.open).isFalse();
    }

    private Fake arrive(String host) {
        return arrive(new Fake(host, "02:00:00:00:00:01"));
    }

    private Fake arrive(Fake fake) {
        admission.arrived(fake);
        return fake;
    }

    private void pass(Duration time) {
        long end = now + time.toNanos();
        while (true) {
            Timer next = timers.stream()
                    .filter(timer -> timer.due() <= end)
                    .min((a, b) -> Long.compare(a.due(), b.due()))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            timers.remove(next);
            now = Math.max(now, next.due());
            next.then().run();
        }
    }

    @Test
    void keepsAConnectionThatAnswers() {
        // Given
        Fake right = arrive("10.0.0.1");
        // When
        Fake other = arrive("10.0.0.2");
        assertThat(other.served).isFalse();
        pass(Duration.ofMillis(10));
        // Then
        assertThat(right.served).isTrue();
        assertThat(other.open).isFalse();
        assertThat(right.rivals).containsExactly("10.0.0.2:4711");
    }

    @Test
    void servesASwitchWithinTwoSecondsOfItsReturnAfterItsHostWasAway() {
        // Given
        Fake old = arrive("10.0.0.1");
        old.alive = false;
        // When
        Fake again = arrive("10.0.0.1");
        pass(Duration.ofMillis(1_990));
        assertThat(again.served).isFalse();
        pass(Duration.ofMillis(10));
        // Then
        assertThat(again.served).isTrue();
        assertThat(old.open).isFalse();
        assertThat(old.rivals).as("it is the same switch").isEmpty();
    }

    @Test
    void servesAReturningSwitchAtOnceIfTheOldConnectionIsReset() {
        // Given
        Fake old = arrive("10.0.0.1");
        old.alive = false;
        Fake again = arrive("10.0.0.1");
        // When
        old.close();
        // Then
        assertThat(again.served).isTrue();
    }

    @Test
    void waitsLongerAfterEachAttemptOfTheSameRival() {
        // Given
        Fake right = arrive("10.0.0.1");
        // When
        long began = now;
        int attempts = 0;
        while (now - began < Duration.ofMinutes(3).toNanos()) {
            Fake other = arrive("10.0.0.2");
            attempts++;
            while (other.open) {
                pass(Duration.ofMillis(100));
            }
        }
        // Then
        assertThat(attempts).isBetween(10, 20);
        assertThat(right.proofs).isEqualTo(attempts);
        assertThat(right.served).isTrue();
    }

    @Test
    void limitsTheNumberOfWaitingConnections() {
        // Given
        Fake right = arrive("10.0.0.1");
        arrive("10.0.0.2");
        pass(Duration.ofMillis(10));
        // When
        List<Fake> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(arrive("10.0.0.2"));
        }
        // Then
        assertThat(many).filteredOn(Fake::isOpen).hasSize(4);
        pass(Duration.ofSeconds(5));
        assertThat(many).noneMatch(Fake::isOpen);
        assertThat(timers).hasSizeLessThan(10);
        assertThat(right.served).isTrue();
    }

    @Test
    void reservesThePlaceOfARestartingSwitchAgainstARival() {
        // Given
        Fake right = arrive("10.0.0.1");
        arrive("10.0.0.2");
        pass(Duration.ofSeconds(1));
        Fake other = arrive("10.0.0.2");
        // When
        right.close();
        pass(Duration.ofSeconds(3));
        assertThat(other.served).isFalse();
        Fake again = arrive("10.0.0.1");
        // Then
        assertThat(again.served).isTrue();
        pass(Duration.ofSeconds(20));
        assertThat(other.served).isFalse();
        // When: it does not come back
        again.close();
        Fake last = arrive("10.0.0.2");
        pass(ConnectionAdmission.RESERVED.minusMillis(1));
        assertThat(last.served).isFalse();
        pass(Duration.ofMillis(1));
        // Then
        assertThat(last.served).isTrue();
    }

    @Test
    void servesTheSwitchAtTheRecordedOvsdbThoughAnotherCameFirst() {
        // Given
        Fake other = arrive("10.0.0.2");
        recorded = new RecordedBridge("10.0.0.1", Map.of());
        // When
        Fake right = arrive("10.0.0.1");
        // Then
        assertThat(right.served).isTrue();
        assertThat(other.open).isFalse();
        // When
        Fake otherAgain = arrive("10.0.0.2");
        // Then
        assertThat(right.proofs).isZero();
        assertThat(otherAgain.open).isFalse();
        assertThat(right.rivals).contains("10.0.0.2:4711");
    }

    @Test
    void identifiesTheRecordedSwitchByItsPortsIfTheHostsAreEqual() {
        // Given
        Fake other = arrive(new Fake("10.0.0.1", "02:00:00:00:00:99"));
        recorded = new RecordedBridge("10.0.0.1", Map.of(1L, "02:00:00:00:00:01"));
        // When
        Fake right = arrive(new Fake("10.0.0.1", "02:00:00:00:00:01"));
        // Then
        assertThat(right.served).isTrue();
        assertThat(other.open).isFalse();
    }

    @Test
    void doublesTheWaitOfAHungSwitchUpToAMinute() {
        // Given
        arrive("10.0.0.1");
        List<Long> waits = new ArrayList<>();
        // When
        Fake current = arrive("10.0.0.3");
        current.close();
        for (int i = 0; i < 8; i++) {
            long wait = admission.hung(ID);
            waits.add(wait / 1_000_000_000);
        }
        // Then
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void servesAHungSwitchOnlyAfterItsWait() {
        // Given
        Fake first = arrive("10.0.0.1");
        assertThat(admission.hung(ID)).isEqualTo(1_000_000_000);
        first.close();
        // When
        Fake again = arrive("10.0.0.1");
        pass(Duration.ofMillis(999));
        assertThat(again.served).isFalse();
        pass(Duration.ofMillis(1));
        // Then
        assertThat(again.served).isTrue();
    }
}
