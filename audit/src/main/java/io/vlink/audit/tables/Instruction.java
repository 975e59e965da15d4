package io.vlink.audit.tables;

import java.util.List;
import java.util.stream.Collectors;

/** One instruction of a rule (OpenFlow 1.4.1 §5.9). */
public sealed interface Instruction {

    record ThroughMeter(long meter) implements Instruction {}

    record Apply(List<FlowAction> actions) implements Instruction {
        public Apply {
            actions = List.copyOf(actions);
        }
    }

    record ClearActions() implements Instruction {}

    record Write(List<FlowAction> actions) implements Instruction {
        public Write {
            actions = List.copyOf(actions);
        }
    }

    record WriteMetadata(long value, long mask) implements Instruction {}

    record GotoTable(int table) implements Instruction {}

    /** Any other instruction; its effect is unknown. */
    record UnknownInstruction(String text) implements Instruction {}

    /** Returns the instruction in the notation of {@code ovs-ofctl}. */
    default String text() {
        return switch (this) {
            case ThroughMeter meter -> "meter:" + meter.meter();
            case Apply apply -> text(apply.actions());
            case ClearActions clear -> "clear_actions";
            case Write write -> "write_actions(" + text(write.actions()) + ")";
            case WriteMetadata write -> "write_metadata:0x%x/0x%x".formatted(write.value(), write.mask());
            case GotoTable go -> "goto_table:" + go.table();
            case UnknownInstruction unknown -> unknown.text();
        };
    }

    private static String text(List<FlowAction> actions) {
        return actions.stream().map(FlowAction::text).collect(Collectors.joining(","));
    }
}
