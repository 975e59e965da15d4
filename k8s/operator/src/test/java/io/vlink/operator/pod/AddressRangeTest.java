package io.vlink.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/24, 10.1.0.2/24, ",
        "10.1.0.0/24, 10.1.1.2/24, is outside the networkCIDR 10.1.0.0/24",
        "10.1.0.0/24, 10.1.0.2/16, has another prefix length than the networkCIDR 10.1.0.0/24; write 10.1.0.2/24",
        "10.1.0.0/24, fd00::2/64, are not both IPv4 or both IPv6",
        "10.1.0.0/24, 10.1.0.0/24, is that of the subnet 10.1.0.0/24 itself",
        "10.1.0.0/24, 10.1.0.255/24, is the broadcast address of 10.1.0.0/24",
        "10.1.0.7/24, 10.1.0.7/24, ",
        "10.1.0.4/31, 10.1.0.4/31, ",
        "fd00::/64, fd00::/64, is that of the subnet",
        "fd00::/64, fd00::ffff:ffff:ffff:ffff/64, ",
    })
    void refusesStatedAddressesThatAPodCannotHave(String subnet, String stated, @Nullable String problem) {
        String refusal = range(subnet, null).refusal(Objects.requireNonNull(Cidr.parse(stated)));

        if (problem == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).contains(problem);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.01.0.2/24",
                "010.1.0.2/24",
                "10.1.0.2/024",
                "10.1.0.256/24",
                "10.1.0.2/33",
                "10.1.2/24",
                "::ffff:10.1.0.2/120",
                "fd00::00001/64",
                "fd00:::1/64",
                "fe80::1%eth0/64",
            })
    void refusesWhatCniPluginsRefuse(String written) {
        assertThat(Cidr.parse(written)).isNull();
    }

    private static AddressRange range(String subnet, @Nullable String range) {
        return Objects.requireNonNull(AddressRange.of(subnet, range));
    }
}
