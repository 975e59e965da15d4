package io.vlink.gateway.openflow.mapping;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vlink.events.Cookie;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.upgrade.RecordedSuite.SwitchTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsReply;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** The contents that a gateway reads from a switch with recorded tables. */
public final class RecordedContents {

    private static final int HEADER = 16;
    private static final int MULTIPART_REPLY = 19;
    private static final int FLOW = 1;
    private static final int METER_CONFIG = 10;

    private RecordedContents() {}

    public static Contents of(SwitchTables tables, Instant now) {
        List<InstalledRule> rules = new ArrayList<>();
        List<SuiteMarker> markers = new ArrayList<>();
        for (byte[] bytes : tables.rules()) {
            OFFlowStatsEntry entry =
                    ((OFFlowStatsReply) reply(FLOW, bytes)).getEntries().getFirst();
            SuiteMarker marker = ContentsMapper.marker(entry);
            if (marker != null) {
                markers.add(marker);
            } else if ((entry.getCookie().getValue() & Cookie.MARK_MASK) == Cookie.ours()) {
                rules.add(ContentsMapper.rule(entry));
            }
        }
        List<InstalledMeter> meters = tables.meters().stream()
                .map(bytes -> ContentsMapper.meter(
                        ((OFMeterConfigStatsReply) reply(METER_CONFIG, bytes))
                                .getEntries()
                                .getFirst(),
                        null))
                .toList();
        return new Contents(rules, markers, meters, List.of(), now);
    }

    private static Object reply(int type, byte[] body) {
        ByteBuf frame = Unpooled.buffer(HEADER + body.length);
        frame.writeByte(OFVersion.OF_14.getWireVersion())
                .writeByte(MULTIPART_REPLY)
                .writeShort(HEADER + body.length)
                .writeInt(0)
                .writeShort(type)
                .writeShort(0)
                .writeInt(0)
                .writeBytes(body);
        try {
            return Objects.requireNonNull(
                    OFFactories.getFactory(OFVersion.OF_14).getReader().readFrom(frame));
        } catch (OFParseError e) {
            throw new AssertionError("The recorded tables cannot be read.", e);
        }
    }
}
