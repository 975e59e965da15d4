package io.vlink.audit.tables;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads actions and instructions (OpenFlow 1.4.1 §7.2.3 and §7.2.4). */
final class ActionReader {

    private static final int HEADER = 4;

    private ActionReader() {}

    /** Reads actions to the end of the buffer. */
    static List<FlowAction> actions(ByteBuffer bytes) {
        List<FlowAction> actions = new ArrayList<>();
        while (bytes.remaining() >= HEADER) {
            actions.add(action(part(bytes, 2)));
        }
        return actions;
    }

    private static FlowAction action(ByteBuffer action) {
        int type = Short.toUnsignedInt(action.getShort(0));
        ByteBuffer body = action.duplicate().position(HEADER);
        return switch (type) {
            case 0 -> new FlowAction.OutputPort(Integer.toUnsignedLong(body.getInt()));
            case 11 -> new FlowAction.Rewrite("copy_ttl_out");
            case 12 -> new FlowAction.Rewrite("copy_ttl_in");
            case 15 -> new FlowAction.Rewrite("set_mpls_ttl");
            case 16 -> new FlowAction.Rewrite("dec_mpls_ttl");
            case 17 -> new FlowAction.PushVlan(Short.toUnsignedInt(body.getShort()));
            case 18 -> new FlowAction.PopVlan();
            case 21 -> new FlowAction.Rewrite("set_queue:" + Integer.toUnsignedLong(body.getInt()));
            case 22 -> new FlowAction.GroupAction(Integer.toUnsignedLong(body.getInt()));
            case 23 -> new FlowAction.Rewrite("set_nw_ttl");
            case 24 -> new FlowAction.Rewrite("dec_ttl");
            case 25 -> FieldReader.set(body);
            default -> new FlowAction.UnknownAction("action_%d(%s)".formatted(type, hex(body)));
        };
    }

    /** Reads instructions to the end of the buffer and sorts them in order of execution. */
    static List<Instruction> instructions(ByteBuffer bytes) {
        List<Instruction> instructions = new ArrayList<>();
        while (bytes.remaining() >= HEADER) {
            instructions.add(instruction(part(bytes, 2)));
        }
        instructions.sort((a, b) -> Integer.compare(order(a), order(b)));
        return instructions;
    }

    private static Instruction instruction(ByteBuffer instruction) {
        int type = Short.toUnsignedInt(instruction.getShort(0));
        ByteBuffer body = instruction.duplicate().position(HEADER);
        return switch (type) {
            case 1 -> new Instruction.GotoTable(Byte.toUnsignedInt(body.get()));
            case 2 -> new Instruction.WriteMetadata(body.getLong(8), body.getLong(16));
            case 3 -> new Instruction.Write(actions(body.position(8)));
            case 4 -> new Instruction.Apply(actions(body.position(8)));
            case 5 -> new Instruction.ClearActions();
            case 6 -> new Instruction.ThroughMeter(Integer.toUnsignedLong(body.getInt()));
            default -> new Instruction.UnknownInstruction("instruction_%d(%s)".formatted(type, hex(body)));
        };
    }

    private static int order(Instruction instruction) {
        return switch (instruction) {
            case Instruction.ThroughMeter meter -> 0;
            case Instruction.Apply apply -> 1;
            case Instruction.ClearActions clear -> 2;
            case Instruction.Write write -> 3;
            case Instruction.WriteMetadata write -> 4;
            case Instruction.UnknownInstruction unknown -> 5;
            case Instruction.GotoTable go -> 6;
        };
    }

    /** Takes the next element, which contains its length at {@code lengthAt}, from the buffer. */
    static ByteBuffer part(ByteBuffer bytes, int lengthAt) {
        int length = Short.toUnsignedInt(bytes.getShort(bytes.position() + lengthAt));
        if (length < HEADER || length > bytes.remaining()) {
            throw new IllegalArgumentException("An element cannot be %d bytes long.".formatted(length));
        }
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return part;
    }

    static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
