package io.vlink.gateway.openflow.mapping;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vlink.events.PortNumber;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.GroupBucket;
import io.vlink.gateway.switches.entries.GroupType;
import io.vlink.gateway.switches.entries.InstalledGroup;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFMessageReader;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Parses all groups in a group description reply (OpenFlow 1.3.4, §7.3.5.10; 1.4 has the same layout). Loxi rejects a whole
 * reply for one unknown action, and groups of others may have such actions. So entries, buckets and actions are separated by
 * their lengths, and an unreadable action is kept as bytes.
 */
public final class GroupParser {

    private static final int ENTRY_HEADER = 8;
    private static final int BUCKET_HEADER = 16;
    private static final int ACTION_HEADER = 8;
    private static final int ALL = 0;
    private static final int FAST_FAILOVER = 3;
    /** OFPG_ANY. */
    private static final long NO_GROUP = 0xffffffffL;

    private final OFMessageReader<OFAction> actions;

    public GroupParser(OFMessageReader<OFAction> actions) {
        this.actions = actions;
    }

    /**
     * Reads the groups in one part of a reply; their use counts come in another reply.
     *
     * @throws BadFrame if the lengths are inconsistent
     */
    public List<InstalledGroup> read(byte[] entries) {
        List<InstalledGroup> groups = new ArrayList<>();
        ByteBuf in = Unpooled.wrappedBuffer(entries);
        while (in.isReadable()) {
            ByteBuf entry = next(in, 0, ENTRY_HEADER, "group");
            List<GroupBucket> buckets = new ArrayList<>();
            ByteBuf rest = behind(entry, ENTRY_HEADER);
            while (rest.isReadable()) {
                buckets.add(bucket(next(rest, 0, BUCKET_HEADER, "bucket")));
            }
            groups.add(InstalledGroup.of(entry.getUnsignedInt(4), type(entry.getUnsignedByte(2)), buckets, 0));
        }
        return groups;
    }

    private static GroupType type(int type) {
        return switch (type) {
            case ALL -> GroupType.ALL;
            case FAST_FAILOVER -> GroupType.FAST_FAILOVER;
            default -> GroupType.OTHER;
        };
    }

    private GroupBucket bucket(ByteBuf bucket) {
        List<FlowAction> does = new ArrayList<>();
        ByteBuf rest = behind(bucket, BUCKET_HEADER);
        while (rest.isReadable()) {
            does.add(action(next(rest, 2, ACTION_HEADER, "action")));
        }
        long group = bucket.getUnsignedInt(8);
        return new GroupBucket(port(bucket.getInt(4)), group == NO_GROUP ? null : group, does);
    }

    private static @Nullable PortNumber port(int number) {
        return ContentsMapper.port(OFPort.of(number));
    }

    private FlowAction action(ByteBuf bytes) {
        byte[] all = new byte[bytes.readableBytes()];
        bytes.getBytes(0, all);
        try {
            OFAction action = actions.readFrom(bytes);
            if (action != null && !bytes.isReadable()) {
                return ContentsMapper.action(action);
            }
        } catch (OFParseError | RuntimeException e) { // Loxi throws any kind of exception for invalid bytes
            // keep the bytes
        }
        return new FlowAction.Other("unreadable(%s)".formatted(HexFormat.of().formatHex(all)));
    }

    private static ByteBuf behind(ByteBuf part, int header) {
        return part.slice(header, part.readableBytes() - header);
    }

    /** Returns the next part, with its header; {@code lengthAt}: the offset of its length field. */
    private static ByteBuf next(ByteBuf in, int lengthAt, int header, String what) {
        int left = in.readableBytes();
        int length = left < header ? 0 : in.getUnsignedShort(in.readerIndex() + lengthAt);
        if (length < header || length > left) {
            throw new BadFrame(
                    "The length (%d) of a %s does not fit into the %d bytes left.".formatted(length, what, left));
        }
        return in.readSlice(length);
    }
}
