package io.vlink.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AddressRangeTest {

    @Test
    void assignsEachAddressOnceExceptTheFirstAndLastOfTheSubnet() {
        // Given
        AddressRange range = range("10.0.0.0/29", null);
        Set<String> taken = new HashSet<>();
        String last = null;

        // When
        for (String next = range.next(taken, last); next != null; next = range.next(taken, last)) {
            assertThat(taken.add(next)).isTrue();
            last = next;
        }

        // Then
        assertThat(taken)
                .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    }

    @Test
    void continuesAfterTheLastAddressAndWrapsAround() {
        AddressRange range = range("10.1.0.0/16", "10.1.2.0/24");

        assertThat(range.next(Set.of(), null)).isEqualTo("10.1.2.0");
        assertThat(range.next(Set.of(), "10.1.2.7")).isEqualTo("10.1.2.8");
        assertThat(range.next(Set.of("10.1.2.8"), "10.1.2.7")).isEqualTo("10.1.2.9");
        assertThat(range.next(Set.of("10.1.2.0"), "10.1.2.255")).isEqualTo("10.1.2.1");
        assertThat(range.next(Set.of(), "192.168.0.1")).matches("10\\.1\\.2\\.\\d+");
        assertThat(range.withMask("10.1.2.8")).isEqualTo("10.1.2.8/16");
    }

    @Test
    void crossesOctetBoundariesAndSupportsIpv6() {
        assertThat(range("10.1.0.0/16", null).next(Set.of(), "10.1.0.255")).isEqualTo("10.1.1.0");
        assertThat(range("fd00::/64", null).next(Set.of(), null)).isEqualTo("fd00:0:0:0:0:0:0:1");
        assertThat(range("fd00::/64", null).next(Set.of(), "fd00::ffff")).isEqualTo("fd00:0:0:0:0:0:1:0");
    }

    @Test
    void usesAllAddressesOfTheSmallestSubnets() {
        assertThat(range("10.0.0.4/31", null).next(Set.of("10.0.0.4"), null)).isEqualTo("10.0.0.5");
        assertThat(range("10.0.0.4/32", null).next(Set.of(), null)).isEqualTo("10.0.0.4");
        assertThat(range("10.0.0.4/32", null).next(Set.of("10.0.0.4"), null)).isNull();
    }

    private static AddressRange range(String subnet, @Nullable String range) {
        return Objects.requireNonNull(AddressRange.of(subnet, range));
    }
}
