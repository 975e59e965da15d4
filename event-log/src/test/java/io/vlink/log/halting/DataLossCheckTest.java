package io.vlink.log.halting;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import io.vlink.log.OnLoss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataLossCheckTest {

    private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final DataIdentity BEFORE = DataIdentityTest.sample();
    private static final DataIdentity RECREATED = DataIdentityTest.with(Topic.NETWORKS, DataIdentityTest.OTHER);
    private static final DataIdentity OLDER = DataIdentityTest.with(Topic.RULES, 0, new DataIdentity.OffsetRange(0, 9));

    private final DataLossCheck halting = new DataLossCheck(OnLoss.HALT);
    private Instant now = THEN;

    /** Returns present gateways, each with its suite and its doubt. */
    static Services gateways(@Nullable String... suitesAndDoubts) {
        List<Services.InstancePresence> heard = new ArrayList<>();
        for (int i = 0; i < suitesAndDoubts.length; i += 2) {
            heard.add(new Services.InstancePresence(
                    new ServiceInstance(
                            Services.SWITCH_GATEWAY,
                            "gateway-" + i / 2,
                            THEN,
                            1,
                            ServiceInstance.State.PRESENT,
                            null,
                            List.of(),
                            null,
                            suitesAndDoubts[i],
                            suitesAndDoubts[i + 1],
                            null,
                            null),
                    THEN,
                    false));
        }
        return new Services(
                Map.of(
                        Services.SWITCH_GATEWAY,
                        new Services.ServicePresence(Services.SWITCH_GATEWAY, null, Map.of(), heard)),
                null);
    }

    private DataLossCheck.Consequence judge(DataIdentity holding, Services services) {
        now = now.plusSeconds(1);
        return halting.judge(holding, services, now);
    }

    private static void assertHalts(DataLossCheck.Consequence verdict, String... words) {
        assertThat(verdict)
                .isInstanceOfSatisfying(DataLossCheck.Consequence.Halt.class, halt -> assertThat(halt.words())
                        .contains(words));
    }

    @Test
    void haltsWithAReasonAndContinuesOnceAGatewayWorksWithTheData() {
        // Given
        assertThat(judge(BEFORE, gateways(BEFORE.suite(), null))).isEqualTo(new DataLossCheck.Consequence.Same());

        // Then: it halts
        assertHalts(
                judge(RECREATED, gateways(BEFORE.suite(), null)),
                "The topic vlink.networks was recreated since 2026-03-01T10:00:01Z.",
                "./vlink suite");
        assertHalts(judge(DataIdentityTest.without(Topic.NETWORKS), gateways(null, null)), "vlink.networks is gone");
        assertHalts(judge(RECREATED, gateways(RECREATED.suite(), null)), "was recreated");
        assertHalts(judge(RECREATED, gateways(RECREATED.suite(), null, null, "leaves 1 alone")), "was recreated");
        now = now.plus(DataLossCheck.PATIENCE);
        assertHalts(judge(RECREATED, Services.UNKNOWN), "was recreated");
        assertHalts(judge(RECREATED, gateways(RECREATED.suite(), "leaves 5 alone")), "was recreated");
        assertHalts(judge(RECREATED, gateways(BEFORE.suite(), null)), "was recreated");

        // Then: it continues
        assertThat(judge(RECREATED, gateways(RECREATED.suite(), null, null, null)))
                .isInstanceOf(DataLossCheck.Consequence.Reload.class);
        assertThat(judge(RECREATED, Services.UNKNOWN)).isEqualTo(new DataLossCheck.Consequence.Same());
    }

    @Test
    void continuesWhenTheRightDataIsBack() {
        judge(BEFORE, Services.UNKNOWN);
        assertHalts(judge(RECREATED, Services.UNKNOWN), "was recreated");

        assertThat(judge(BEFORE, Services.UNKNOWN)).isInstanceOf(DataLossCheck.Consequence.Reload.class);
        assertThat(judge(BEFORE, Services.UNKNOWN)).isEqualTo(new DataLossCheck.Consequence.Same());
    }

    @Test
    void doesNotBelieveReportsFromBeforeOrOnOtherData() {
        judge(BEFORE, Services.UNKNOWN);
        Services word = gateways(BEFORE.suite(), null); // an older copy has the same id

        assertHalts(judge(OLDER, word), "vlink.rules ends earlier than it did");
        now = now.plus(DataLossCheck.PATIENCE).minusSeconds(2);
        assertHalts(judge(OLDER, word), "vlink.rules ends earlier than it did");
        assertThat(judge(OLDER, word)).isInstanceOf(DataLossCheck.Consequence.Reload.class);
    }

    @Test
    void reloadsDataThatOnlyServicesExchangeAtOnce() {
        judge(BEFORE, Services.UNKNOWN);

        assertThat(judge(DataIdentityTest.with(Topic.STATUSES, DataIdentityTest.OTHER), Services.UNKNOWN))
                .isInstanceOfSatisfying(DataLossCheck.Consequence.Reload.class, again -> assertThat(again.words())
                        .contains("vlink.statuses"));
        assertThat(judge(DataIdentityTest.with(Topic.STATUSES, DataIdentityTest.OTHER), Services.UNKNOWN))
                .isEqualTo(new DataLossCheck.Consequence.Same());
    }

    @Test
    void doesNotHaltIfTheServiceVerifiesInAnotherWay() {
        DataLossCheck reloading = new DataLossCheck(OnLoss.RELOAD);
        reloading.judge(BEFORE, Services.UNKNOWN, THEN);

        assertThat(reloading.judge(RECREATED, Services.UNKNOWN, THEN))
                .isInstanceOf(DataLossCheck.Consequence.Reload.class);
        assertThat(reloading.judge(RECREATED, Services.UNKNOWN, THEN)).isEqualTo(new DataLossCheck.Consequence.Same());
        assertThat(reloading.judge(DataIdentityTest.without(Topic.RULES), Services.UNKNOWN, THEN))
                .isInstanceOf(DataLossCheck.Consequence.Reload.class);
        assertThat(reloading.judge(RECREATED, Services.UNKNOWN, THEN)).isEqualTo(new DataLossCheck.Consequence.Same());
    }

    @Test
    void judgesNothingBeforeAllTopicsExist() {
        assertThat(judge(DataIdentityTest.without(Topic.RULES), Services.UNKNOWN))
                .isEqualTo(new DataLossCheck.Consequence.Same());
        assertThat(judge(BEFORE, Services.UNKNOWN)).isEqualTo(new DataLossCheck.Consequence.Same());
        assertHalts(judge(DataIdentityTest.without(Topic.RULES), Services.UNKNOWN), "vlink.rules is gone");
    }
}
