package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.vlink.gateway.openflow.exchanges.RawTables.Part;
import io.vlink.gateway.openflow.frames.RawPart;
import io.vlink.gateway.openflow.frames.SwitchError;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/**
 * Reads all tables of a switch for the audit, without interpreting them. Belongs to the event loop.
 */
public final class TablesReader implements PendingRequests.RawExchange {

    private static final long ALL_METERS = 0xffffffffL;
    /** Maximum size of all answers: 100,000 rules are about a tenth of it. */
    private static final int MAX_BYTES = 128 * 1024 * 1024;

    private final SwitchIdentity identity;
    private final PendingRequests pending;
    private final CompletableFuture<RawTables> result;
    private final Map<Long, Part> open = new HashMap<>();
    private final Map<Part, ByteArrayOutputStream> entries = new EnumMap<>(Part.class);
    private final Map<Part, String> errors = new EnumMap<>(Part.class);
    private int bytes;

    private TablesReader(SwitchIdentity identity, PendingRequests pending, CompletableFuture<RawTables> result) {
        this.identity = identity;
        this.pending = pending;
        this.result = result;
    }

    /** Sends the requests, not flushed. A caller that stops waiting cancels the result. */
    public static void read(
            Channel channel,
            SwitchIdentity identity,
            OFFactory factory,
            PendingRequests pending,
            CompletableFuture<RawTables> result) {
        TablesReader reader = new TablesReader(identity, pending, result);
        for (Part kind : Part.values()) {
            long xid = pending.nextXid() | RawPart.RAW;
            reader.open.put(xid, kind);
            reader.entries.put(kind, new ByteArrayOutputStream());
            pending.send(channel, question(factory, kind, xid), reader);
        }
    }

    /** Ends the read; parts that still arrive are ignored. */
    private void end() {
        pending.drop(open.keySet());
        open.clear();
    }

    private static OFMessage question(OFFactory factory, Part kind, long xid) {
        return switch (kind) {
            case PORTS -> factory.buildPortDescStatsRequest().setXid(xid).build();
            case RULES ->
                factory.buildFlowStatsRequest()
                        .setXid(xid)
                        .setTableId(TableId.ALL)
                        .setOutPort(OFPort.ANY)
                        .setOutGroup(OFGroup.ANY)
                        .setCookie(U64.ZERO)
                        .setCookieMask(U64.ZERO)
                        .setMatch(factory.matchWildcardAll())
                        .build();
            case METERS ->
                factory.buildMeterConfigStatsRequest()
                        .setXid(xid)
                        .setMeterId(ALL_METERS)
                        .build();
            case GROUPS -> factory.buildGroupDescStatsRequest().setXid(xid).build();
        };
    }

    @Override
    public void part(RawPart part) {
        Part kind = open.get(part.xid());
        if (kind == null) {
            return;
        }
        if (result.isDone()) {
            end();
            return;
        }
        bytes += part.body().length;
        if (bytes > MAX_BYTES) {
            fail("The tables of the switch are larger than %d MiB.".formatted(MAX_BYTES >> 20));
            return;
        }
        entries.computeIfAbsent(kind, first -> new ByteArrayOutputStream()).writeBytes(part.body());
        if (!part.more()) {
            done(part.xid());
        }
    }

    @Override
    public void answered(OFMessage answer) {
        fail("The switch answered a read with the type %s.".formatted(answer.getType()));
    }

    @Override
    public void failed(SwitchError error) {
        Part kind = open.get(error.xid());
        if (kind != null) {
            entries.remove(kind);
            errors.put(kind, error.words());
            done(error.xid());
        }
    }

    @Override
    public void closed() {
        open.clear();
        result.completeExceptionally(new IllegalStateException("The switch has disconnected."));
    }

    private void fail(String words) {
        end();
        result.completeExceptionally(new IllegalStateException(words));
    }

    private void done(long xid) {
        pending.drop(xid);
        open.remove(xid);
        if (open.isEmpty()) {
            Map<Part, byte[]> told = new EnumMap<>(Part.class);
            entries.forEach((kind, stream) -> told.put(kind, stream.toByteArray()));
            result.complete(new RawTables(identity.datapathId(), identity.openflow(), told, errors));
        }
    }
}
