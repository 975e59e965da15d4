package io.vlink.gateway.openflow.exchanges;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.gateway.openflow.frames.OpenFlowDecoder;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsRequest;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsRequest;
import org.projectfloodlight.openflow.protocol.OFGroupStatsRequest;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFMeterStatsRequest;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** The requests to a switch, and the contents made of its answers. */
class RuleReaderTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_14);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY = 1_500;
    private static final long FOREIGN = 0x1234L;
    /** The placeholder of an action that Loxi cannot write. */
    private static final OFAction RESUBMIT = FACTORY.actions().output(OFPort.of(0x5555), 5);

    private final PendingRequests pending = new PendingRequests();
    private final OpenFlowDecoder decoder = new OpenFlowDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder, pending);
    private final RuleReader reader = new RuleReader(channel, FACTORY, pending);
    private final List<Contents> read = new ArrayList<>();
    private final List<OFMeterConfig> configs = new ArrayList<>();
    private final List<OFMeterStats> counted = new ArrayList<>();
    private final List<OFGroupDescStatsEntry> groups = new ArrayList<>();
    private int asked;
    private int mostAtOnce;

    @BeforeEach
    void agreeOnAVersion() {
        decoder.negotiated(OFVersion.OF_14);
    }

    @Test
    void sendsAllRequestsAtOnceIfThereAreFewRules() {
        // When
        readFrom(3, RuleReaderTest::matches);

        // Then
        assertThat(asked).isEqualTo(4);
        assertThat(mostAtOnce).isEqualTo(4);
        assertThat(circuits()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void readsManyRulesInSlicesAndEachRuleOnce() {
        // Given
        readFrom(MANY, RuleReaderTest::matches);
        asked = 0;
        mostAtOnce = 0;

        // When
        readFrom(MANY, RuleReaderTest::matches);

        // Then
        assertThat(mostAtOnce).isEqualTo(1);
        assertThat(asked).isEqualTo(16 + 3);
        assertThat(circuits())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, MANY).boxed().toList());
        assertThat(read.getLast().readAt()).isEqualTo(NOW);
    }

    @Test
    void readsEachRuleOnceFromASwitchThatDoesNotFilter() {
        // Given
        readFrom(MANY, entry -> true);

        // When
        readFrom(MANY, entry -> true);

        // Then
        assertThat(circuits())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, MANY).boxed().toList());
    }

    @Test
    void readsTheDropsOfDropBands() {
        // Given: the second meter has no counters
        configs.add(config(7));
        configs.add(config(8));
        counted.add(counted(7, U64.of(3), U64.of(4_500)));
        counted.add(counted(8, U64.NO_MASK, U64.NO_MASK));

        // When
        readFrom(1, RuleReaderTest::matches);

        // Then
        assertThat(read.getLast().meters())
                .containsExactly(
                        new InstalledMeter(
                                7, "kbps burst bands=type=drop rate=20 burst_size=2", 1, new Drops(3, 4_500)),
                        new InstalledMeter(8, "kbps burst bands=type=drop rate=20 burst_size=2", 1, null));
    }

    /** OVN and others have groups with actions that Loxi does not know. */
    @Test
    void readsTheGroupsBesideOneWithAnUnknownAction() {
        // Given
        groups.add(group(7, FACTORY.actions().output(OFPort.of(3), 0xffff)));
        groups.add(group(20, RESUBMIT, FACTORY.actions().group(OFGroup.of(21))));
        groups.add(group(21));

        // When
        readFrom(1, RuleReaderTest::matches);

        // Then
        assertThat(read.getLast().groups())
                .containsExactly(
                        new InstalledGroup(7, "type=ff,bucket=watch_port:3,actions=output:3", List.of(), 1),
                        new InstalledGroup(
                                20,
                                "type=ff,bucket=watch_port:3,actions=unreadable(ffff0010000023200001fff805000000),group:21",
                                List.of(21L),
                                1),
                        new InstalledGroup(21, "type=ff,bucket=watch_port:3,actions=drop", List.of(), 1));
        assertThat(circuits()).containsExactly(1L);
    }

    private static OFGroupDescStatsEntry group(int number, OFAction... actions) {
        return FACTORY.buildGroupDescStatsEntry()
                .setGroup(OFGroup.of(number))
                .setGroupType(OFGroupType.FF)
                .setBuckets(List.of(FACTORY.buildBucket()
                        .setWatchPort(OFPort.of(3))
                        .setWatchGroup(OFGroup.ANY)
                        .setActions(List.of(actions))
                        .build()))
                .build();
    }

    /** Encodes the reply as on the wire, with the placeholder replaced by resubmit. */
    private static ByteBuf described(OFGroupDescStatsRequest request, List<OFGroupDescStatsEntry> groups) {
        ByteBuf frame = Unpooled.buffer();
        FACTORY.buildGroupDescStatsReply()
                .setXid(request.getXid())
                .setEntries(groups)
                .build()
                .writeTo(frame);
        ByteBuf stand = Unpooled.buffer();
        RESUBMIT.writeTo(stand);
        int at = ByteBufUtil.indexOf(stand, frame);
        if (at >= 0) {
            frame.setBytes(at, HexFormat.of().parseHex("ffff0010000023200001fff805000000"));
        }
        return frame;
    }

    private static OFMeterConfig config(long number) {
        return FACTORY.buildMeterConfig()
                .setMeterId(number)
                .setFlags(Set.of(OFMeterFlags.KBPS, OFMeterFlags.BURST))
                .setEntries(List.of(FACTORY.meterBands()
                        .buildDrop()
                        .setRate(20)
                        .setBurstSize(2)
                        .build()))
                .build();
    }

    private static OFMeterStats counted(long number, U64 packets, U64 bytes) {
        return FACTORY.buildMeterStats()
                .setMeterId(number)
                .setFlowCount(1)
                .setPacketInCount(U64.of(9))
                .setByteInCount(U64.of(9_000))
                .setBandStats(List.of(FACTORY.buildMeterBandStats()
                        .setPacketBandCount(packets)
                        .setByteBandCount(bytes)
                        .build()))
                .build();
    }

    @Test
    void sendsAllRequestsAtOnceAgainWhenFewRulesAreLeft() {
        // Given
        readFrom(MANY, RuleReaderTest::matches);
        readFrom(2, RuleReaderTest::matches);
        asked = 0;

        // When
        readFrom(2, RuleReaderTest::matches);

        // Then
        assertThat(asked).isEqualTo(4);
        assertThat(circuits()).containsExactly(1L, 2L);
    }

    @Test
    void sendsNoRequestsOnceTheConnectionIsClosed() {
        // Given
        readFrom(MANY, RuleReaderTest::matches);
        reader.read(NOW, read::add);
        channel.flush();
        int before = read.size();

        // When
        assertThat(channel.<OFMessage>readOutbound()).isInstanceOf(OFFlowStatsRequest.class);
        channel.finish();

        // Then
        assertThat(channel.outboundMessages()).isEmpty();
        assertThat(read).hasSize(before);
    }

    private record Asked(OFFlowStatsRequest request, long cookie) {}

    private static boolean matches(Asked asked) {
        long mask = asked.request().getCookieMask().getValue();
        return (asked.cookie() & mask) == (asked.request().getCookie().getValue() & mask);
    }

    /** Reads from a switch with one rule for each circuit up to this number, and one rule of others. */
    private void readFrom(int circuits, Predicate<Asked> filter) {
        int before = read.size();
        reader.read(NOW, read::add);
        channel.flush();
        while (!channel.outboundMessages().isEmpty()) {
            mostAtOnce = Math.max(mostAtOnce, channel.outboundMessages().size());
            OFMessage question = channel.readOutbound();
            asked++;
            channel.writeInbound(
                    switch (question) {
                        case OFFlowStatsRequest request ->
                            rules(
                                    request,
                                    cookies(circuits).stream()
                                            .filter(cookie -> filter.test(new Asked(request, cookie)))
                                            .toList());
                        case OFMeterConfigStatsRequest request ->
                            FACTORY.buildMeterConfigStatsReply()
                                    .setXid(request.getXid())
                                    .setEntries(configs)
                                    .build();
                        case OFMeterStatsRequest request ->
                            FACTORY.buildMeterStatsReply()
                                    .setXid(request.getXid())
                                    .setEntries(counted)
                                    .build();
                        case OFGroupDescStatsRequest request -> described(request, groups);
                        case OFGroupStatsRequest request ->
                            FACTORY.buildGroupStatsReply()
                                    .setXid(request.getXid())
                                    .setEntries(groups.stream()
                                            .map(group -> FACTORY.buildGroupStatsEntry()
                                                    .setGroup(group.getGroup())
                                                    .setRefCount(1)
                                                    .build())
                                            .toList())
                                    .build();
                        default -> throw new AssertionError("Unexpected request: " + question);
                    });
        }
        assertThat(read).hasSize(before + 1);
    }

    private List<Long> circuits() {
        return read.getLast().rules().stream()
                .map(InstalledRule::cookie)
                .map(Cookie::circuit)
                .toList();
    }

    private static List<Long> cookies(int circuits) {
        List<Long> cookies = new ArrayList<>();
        for (long circuit = 1; circuit <= circuits; circuit++) {
            cookies.add(Cookie.of(Cookie.CookieKind.FORWARDING, circuit, Direction.FORWARD)
                    .value());
        }
        cookies.add(FOREIGN);
        return cookies;
    }

    private static OFMessage rules(OFFlowStatsRequest request, List<Long> cookies) {
        return FACTORY.buildFlowStatsReply()
                .setXid(request.getXid())
                .setFlags(Set.<OFStatsReplyFlags>of())
                .setEntries(cookies.stream().map(RuleReaderTest::entry).toList())
                .build();
    }

    private static OFFlowStatsEntry entry(long cookie) {
        return FACTORY.buildFlowStatsEntry()
                .setTableId(TableId.ZERO)
                .setPriority(100)
                .setCookie(U64.of(cookie))
                .setMatch(FACTORY.matchWildcardAll())
                .setInstructions(List.of())
                .setPacketCount(U64.ZERO)
                .setByteCount(U64.ZERO)
                .build();
    }
}
