package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.operator.pod.AddressRange;
import io.vlink.operator.pod.NetworkPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AddressClaimsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AddressRange RANGE = Objects.requireNonNull(AddressRange.of("10.0.0.0/30", null));

    @Test
    void assignsEachPodAnotherAddressUntilNoneIsLeft() {
        AddressClaims.Result.Given first = given(new AddressClaims(null, List.of()), "a");
        AddressClaims.Result.Given second = given(first.claims(), "b");

        assertThat(first.ips()).containsExactly("10.0.0.1/30");
        assertThat(second.ips()).containsExactly("10.0.0.2/30");
        assertThat(second.claims().give(RANGE, List.of(), owner("c"), NOW))
                .isEqualTo(new AddressClaims.Result.Denied("all of its addresses (10.0.0.0 to 10.0.0.3) are in use"));
    }

    @Test
    void aStatedAddressIsReservedButAReplacementPodMayStateItToo() {
        // Given
        AddressClaims.Result.Given stated = (AddressClaims.Result.Given)
                new AddressClaims(null, List.of()).give(RANGE, List.of("10.0.0.1/30"), owner("a"), NOW);

        // When
        AddressClaims.Result.Given again =
                (AddressClaims.Result.Given) stated.claims().give(RANGE, List.of("10.0.0.1/30"), owner("b"), NOW);

        // Then
        assertThat(again.ips()).containsExactly("10.0.0.1/30");
        assertThat(given(again.claims(), "c").ips()).containsExactly("10.0.0.2/30");
        assertThat(given(new AddressClaims(null, List.of()), "d")
                        .claims()
                        .give(RANGE, List.of("10.0.0.1/30"), owner("e"), NOW))
                .isInstanceOf(AddressClaims.Result.Denied.class);
    }

    @Test
    void keepsAnAddressWhileThePodOrItsPortExists() {
        // Given
        AddressClaims claims = given(new AddressClaims(null, List.of()), "a").claims();

        // When
        AddressClaims known = claims.settled(List.of(pod("a", false)), uid -> false, PATIENCE, NOW);

        // Then
        assertThat(known.all()).singleElement().satisfies(claim -> assertThat(claim.uid())
                .isEqualTo("uid-a"));
        assertThat(known.settled(List.of(), uid -> uid.equals("uid-a"), PATIENCE, NOW.plus(PATIENCE))
                        .all())
                .hasSize(1);
        assertThat(known.settled(List.of(), uid -> false, PATIENCE, NOW).all()).isEmpty();
        assertThat(known.settled(List.of(pod("a", true)), uid -> false, PATIENCE, NOW)
                        .all())
                .isEmpty();
    }

    @Test
    void releasesTheAddressOfAPodThatWasNeverCreated() {
        AddressClaims claims = given(new AddressClaims(null, List.of()), "a").claims();

        assertThat(claims.settled(List.of(), uid -> false, PATIENCE, NOW).all()).hasSize(1);
        assertThat(claims.settled(List.of(), uid -> false, PATIENCE, NOW.plus(PATIENCE))
                        .all())
                .isEmpty();
    }

    private static AddressClaims.Result.Given given(AddressClaims claims, String who) {
        return (AddressClaims.Result.Given) claims.give(RANGE, List.of(), owner(who), NOW);
    }

    private static AddressClaims.AddressOwner owner(String claim) {
        return new AddressClaims.AddressOwner(claim, "ns", null);
    }

    private static NetworkPod pod(String claim, boolean ended) {
        return new NetworkPod("ns", "pod-" + claim, "uid-" + claim, null, ended, claim, List.of(), List.of(), Map.of());
    }
}
