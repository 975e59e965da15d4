package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The tag that keeps vlinks apart on one link: a VLAN id (1 to 4094) on a plain link, a VNI (1 to 16,777,215) on a
 * VXLAN link. Printed as {@code vlan:100} or {@code vni:100}.
 */
public record Label(LabelKind kind, int value) implements Comparable<Label> {

    /** The place of the tag in the frame. */
    public enum LabelKind {
        VLAN("vlan", 4094),
        VNI("vni", 0xffffff);

        private final String word;
        private final int max;

        LabelKind(String word, int max) {
            this.word = word;
            this.max = max;
        }

        /** The largest label of this kind; the smallest is 1. */
        public int max() {
            return max;
        }
    }

    private static final Recent<String, Label> READ = new Recent<>(8192, Label::parse);

    public Label {
        if (value < 1 || value > kind.max) {
            throw new IllegalArgumentException(
                    "The %s (%d) must be between 1 and %d.".formatted(kind.word, value, kind.max));
        }
    }

    @JsonCreator
    public static Label of(String text) {
        return READ.of(text);
    }

    private static Label parse(String text) {
        for (LabelKind kind : LabelKind.values()) {
            if (text.startsWith(kind.word + ":")) {
                return new Label(kind, Integer.parseInt(text.substring(kind.word.length() + 1)));
            }
        }
        throw new IllegalArgumentException("The label (%s) must be vlan:<id> or vni:<id>.".formatted(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return kind.word + ":" + value;
    }

    /** Appends the printed form. */
    public void appendTo(StringBuilder text) {
        text.append(kind.word).append(':').append(value);
    }

    @Override
    public int compareTo(Label other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : Integer.compare(value, other.value);
    }
}
