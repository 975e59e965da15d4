package io.vlink.events.rules;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.Recent;

/** The text form of an action: a word and its argument. The same few actions occur in record after record. */
final class ActionText {

    private static final int MAX_GROUP = 0xffff;
    private static final int MAX_DIGITS = 10;

    private static final Recent<String, Action> READ = new Recent<>(16384, ActionText::parse);

    private ActionText() {}

    static Action read(String text) {
        return READ.of(text);
    }

    static String write(Action action) {
        return switch (action) {
            case Action.ApplyMeter(int meter) -> "meter " + meter;
            case Action.PushLabel(Label label) -> "push " + label;
            case Action.SwapLabel(Label label) -> "swap " + label;
            case Action.PopLabel() -> "pop";
            case Action.Output(PortNumber port) -> "output " + port;
            case Action.OutputBack() -> "back";
            case Action.ToGroup(int group) -> "group " + group;
            case Action.GoTo(Table table) -> "goto " + table.number();
        };
    }

    private static Action parse(String text) {
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1);
        return switch (word) {
            case "meter" -> new Action.ApplyMeter((int) number(text, rest, 1, LinkMeter.LAST));
            case "push" -> new Action.PushLabel(label(text, rest));
            case "swap" -> new Action.SwapLabel(label(text, rest));
            case "pop" -> alone(text, space, new Action.PopLabel());
            case "output" -> new Action.Output(PortNumber.of(number(text, rest, 1, PortNumber.MAX)));
            case "back" -> alone(text, space, new Action.OutputBack());
            case "group" -> new Action.ToGroup((int) number(text, rest, 1, MAX_GROUP));
            case "goto" -> new Action.GoTo(Table.of((int) number(text, rest, 0, Table.values().length - 1L)));
            default ->
                throw new IllegalArgumentException(
                        "The action (%s) must be meter, push, swap, pop, output, back, group or goto, with its argument."
                                .formatted(text));
        };
    }

    private static Action alone(String text, int space, Action action) {
        if (space >= 0) {
            throw new IllegalArgumentException("The action (%s) must be one word.".formatted(text));
        }
        return action;
    }

    private static long number(String text, String digits, long min, long max) {
        boolean plain = !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (digits.charAt(0) != '0' || digits.length() == 1);
        long number = plain ? Long.parseLong(digits) : -1;
        if (number < min || number > max) {
            throw new IllegalArgumentException(
                    "The action (%s) must have a number from %d to %d after its word.".formatted(text, min, max));
        }
        return number;
    }

    private static Label label(String text, String label) {
        try {
            Label read = Label.of(label);
            if (read.toString().equals(label)) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(labelWanted(text), e);
        }
        throw new IllegalArgumentException(labelWanted(text));
    }

    private static String labelWanted(String text) {
        return "The action (%s) must have a label after its word, vlan:1 to vlan:4094 or vni:1 to vni:16777215."
                .formatted(text);
    }
}
