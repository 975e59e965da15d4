package io.vlink.gateway.openflow.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parsing of rules of others: no rule hides another. */
class ForeignParserTest {

    private static final String IN_PORT_3 = "80000004" + "00000003";
    private static final String VLAN_100 = "80000c02" + "1064";
    private static final String ANY_VLAN = "80000d04" + "10001000";
    private static final String TUNNEL_7 = "80004c08" + "0000000000000007";
    private static final String TCP = "80000a02" + "0800" + "80001401" + "06" + "80001c02" + "0050";
    /** NXM_NX_REG0. */
    private static final String REGISTER = "00010004" + "00000001";
    /** A field of an experimenter. */
    private static final String EXPERIMENT = "ffff0008" + "0000232000000001";

    private static byte[] entry(int priority, long cookie, String match) {
        byte[] fields = HexFormat.of().parseHex(match);
        int padded = (4 + fields.length + 7) / 8 * 8;
        // Some instruction follows.
        ByteBuffer out = ByteBuffer.allocate(48 + padded + 8);
        out.putShort(0, (short) out.capacity());
        out.putShort(12, (short) priority);
        out.putLong(24, cookie);
        out.putShort(48, (short) 1);
        out.putShort(50, (short) (4 + fields.length));
        out.put(52, fields);
        return out.array();
    }

    private static List<ForeignRule> read(byte[]... entries) {
        int length = Arrays.stream(entries).mapToInt(entry -> entry.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            all.put(entry);
        }
        List<ForeignRule> found = new ArrayList<>();
        ForeignParser.read(all.array(), (rule, age) -> found.add(rule));
        return found;
    }

    @Test
    void readsPortAndLabels() {
        assertThat(read(
                        entry(65_535, 0, ""),
                        entry(300, 1, IN_PORT_3 + VLAN_100),
                        entry(200, 2, ANY_VLAN),
                        entry(100, 3, IN_PORT_3 + TUNNEL_7)))
                .containsExactly(
                        new ForeignRule(65_535, null, Bits.ANY, Bits.ANY, true),
                        new ForeignRule(300, PortNumber.of(3), new Bits(0x1064, -1), Bits.ANY, true),
                        new ForeignRule(200, null, new Bits(0x1000, 0x1000), Bits.ANY, true),
                        new ForeignRule(100, PortNumber.of(3), Bits.ANY, new Bits(7, -1), true));
    }

    @Test
    void skipsRulesOfVlink() {
        assertThat(read(entry(100, Cookie.ours() | 5, IN_PORT_3), entry(100, 5, IN_PORT_3)))
                .hasSize(1);
    }

    @Test
    void readsThePortOfARuleThatMatchesOnOtherFieldsToo() {
        assertThat(read(entry(300, 0, IN_PORT_3 + TCP)))
                .containsExactly(new ForeignRule(300, PortNumber.of(3), Bits.ANY, Bits.ANY, true));
    }

    @Test
    void skipsUnknownFieldsAndMarksTheRuleAsUnreadable() {
        assertThat(read(entry(300, 0, REGISTER + IN_PORT_3), entry(300, 0, EXPERIMENT), entry(1, 0, IN_PORT_3)))
                .containsExactly(
                        new ForeignRule(300, PortNumber.of(3), Bits.ANY, Bits.ANY, false),
                        new ForeignRule(300, null, Bits.ANY, Bits.ANY, false),
                        new ForeignRule(1, PortNumber.of(3), Bits.ANY, Bits.ANY, true));
    }

    @Test
    void reportsARuleOfAPortThatVlinkNeverUses() {
        assertThat(read(entry(300, 0, "80000004fffffffe")))
                .containsExactly(new ForeignRule(Table.CLASSIFY, 300, null, Bits.ANY, Bits.ANY, true, true));
    }

    @Test
    void reportsRulesOnlyOfTheTablesThatVlinkUses() {
        byte[] behind = entry(300, 0, IN_PORT_3);
        behind[2] = 2;
        byte[] further = entry(300, 0, IN_PORT_3);
        further[2] = 3;

        assertThat(read(further, behind))
                .containsExactly(
                        new ForeignRule(Table.FORWARDING, 300, PortNumber.of(3), Bits.ANY, Bits.ANY, true, false));
    }

    @Test
    void reportsARuleWithABrokenMatchAndTheNextRule() {
        byte[] broken = entry(300, 0, "80000008" + "00000003");
        assertThat(read(broken, entry(200, 0, IN_PORT_3)))
                .containsExactly(
                        new ForeignRule(300, null, Bits.ANY, Bits.ANY, false),
                        new ForeignRule(200, PortNumber.of(3), Bits.ANY, Bits.ANY, true));
        byte[] cut = Arrays.copyOf(entry(300, 0, IN_PORT_3), 40);
        assertThat(read(entry(200, 0, IN_PORT_3), cut)).hasSize(2).endsWith(ForeignRule.unknown(Table.CLASSIFY));
    }

    @Test
    void parsesRandomBytesToAnEnd() {
        // Given
        Random random = new Random(19);
        byte[] good = entry(300, 1, IN_PORT_3 + VLAN_100 + REGISTER);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int change = 0; change < 3; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }

            // Then
            assertThat(read(Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1)))
                    .hasSizeLessThan(3);
        }
    }
}
