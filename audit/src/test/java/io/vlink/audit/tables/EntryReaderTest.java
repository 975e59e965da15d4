package io.vlink.audit.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads bytes recorded from Open vSwitch 3.1, and broken ones. */
class EntryReaderTest {

    private static byte[] recorded(String version, String kind) throws IOException {
        try (InputStream in =
                EntryReaderTest.class.getResourceAsStream("openvswitch-3.1-openflow-%s.txt".formatted(version))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith(kind + " "))
                    .map(line -> Base64.getDecoder().decode(line.substring(kind.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.3", "1.4"})
    void readsRules(String version) throws IOException {
        // When
        List<String> rules = EntryReader.rules(recorded(version, "rules")).stream()
                .map(TableRule::text)
                .toList();
        // Then
        assertThat(rules)
                .contains(
                        "cookie=0x564c100000001000,priority=100,in_port=1 actions=meter:7,push_vlan:0x8100,set_field:4196->vlan_vid,output:2",
                        "cookie=0x564c100000001001,priority=200,in_port=2,dl_vlan=101 actions=pop_vlan,output:1",
                        "cookie=0x0000000000000000,priority=200,in_port=1,tun_id=0x4e20 actions=set_field:0x4e21->tun_id,IN_PORT",
                        "cookie=0x0000000000000000,priority=9,in_port=1,vlan_vid=0x1000/0x1000 actions=NORMAL",
                        "cookie=0x0000000000000000,priority=8,in_port=1,vlan_vid=0x0 actions=group:5",
                        "cookie=0x0000000000000000,table=4,priority=10 idle_timeout=60,hard_timeout=0 actions=clear_actions,write_actions(output:2)")
                .anyMatch(rule -> rule.contains("priority=7,dl_type=0x0800,nw_proto=0x06,tcp_dst=0x0050")
                        && rule.endsWith(
                                "actions=dec_ttl,set_field:dl_dst=0x000000000007,write_metadata:0x5/0xff,goto_table:3"))
                .anyMatch(rule -> rule.contains("table=3,priority=8,metadata=0x5/0xff,")
                        && rule.contains("actions=action_65535("))
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.3", "1.4"})
    void readsMetersGroupsAndPorts(String version) throws IOException {
        // Then
        assertThat(EntryReader.meters(recorded(version, "meters")))
                .containsExactly(new TableMeter(7, "kbps burst type=drop rate=20000 burst_size=400"));
        assertThat(EntryReader.groups(recorded(version, "groups")))
                .containsExactly(entry(
                        5L,
                        new TableGroup(
                                5,
                                "ff",
                                List.of(
                                        new TableGroup.GroupBucket(1L, null, List.of(new FlowAction.OutputPort(1))),
                                        new TableGroup.GroupBucket(
                                                2L,
                                                null,
                                                List.of(new FlowAction.PopVlan(), new FlowAction.OutputPort(2)))))));
        assertThat(EntryReader.ports(recorded(version, "ports"), version.equals("1.3")))
                .containsOnly(entry(1L, "one"), entry(2L, "two"), entry(Reserved.LOCAL, "b"));
    }

    @Test
    void treatsForeignActionsAsUnknown() throws IOException {
        // When
        List<TableRule> rules = EntryReader.rules(recorded("1.4", "rules"));
        // Then
        assertThat(rules)
                .filteredOn(rule -> rule.table() == 4 && rule.priority() == 9)
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.match().others()).hasSize(1);
                    assertThat(rule.instructions()).singleElement().satisfies(instruction -> assertThat(
                                    ((Instruction.Apply) instruction).actions())
                            .hasSize(2)
                            .allMatch(FlowAction.UnknownAction.class::isInstance));
                });
    }

    @Test
    void keepsARuleThatCannotBeReadAsOneThatMayDoAnything() throws IOException {
        // Given: impossible lengths of fields and actions
        byte[] entries = recorded("1.4", "rules");
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = entries.clone();
            int at = 48 + random.nextInt(56);
            broken[at] = (byte) random.nextInt();
            // When
            List<TableRule> rules = EntryReader.rules(broken);
            // Then
            assertThat(rules).hasSize(10);
            assertThat(rules.getFirst().priority())
                    .isEqualTo(EntryReader.rules(entries).getFirst().priority());
        }
        byte[] broken = entries.clone();
        broken[50] = (byte) 0xff;
        assertThat(EntryReader.rules(broken).getFirst().effect()).startsWith("actions=unreadable(");
    }
}
