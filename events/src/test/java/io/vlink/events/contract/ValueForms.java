package io.vlink.events.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.AttachmentId;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.DottedRevision;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.ShortCookie;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Lane;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Table;
import io.vlink.events.text.Names;
import io.vlink.events.text.Principals;
import java.util.Map;
import java.util.Optional;

/** The forms of values that are one text or one number. {@code ValueFormsTest} checks them against their parsers. */
final class ValueForms {

    static final String NAME = "^" + Names.FORM + "$";
    static final String PRINCIPAL = "^" + Principals.FORM + "$";

    private static final String DATAPATH = "[0-9a-f]{16}";
    private static final String PORT = "[1-9][0-9]{0,9}";
    private static final String VLAN = "vlan:([1-9][0-9]{0,2}|[1-3][0-9]{3}|40[0-8][0-9]|409[0-4])"; // 1 to 4094
    private static final String VNI = "vni:([1-9][0-9]{0,6}|1[0-5][0-9]{6}|16[0-6][0-9]{5}|167[0-6][0-9]{4}"
            + "|1677[0-6][0-9]{3}|16777[01][0-9]{2}|167772(0[0-9]|1[0-5]))"; // 1 to 16777215

    private static final String LABEL = "(" + VLAN + "|" + VNI + ")";
    private static final String LANE_PORT = "([!-.0-~]{1,64})?=(" + PORT + ")?";

    private static final String LONG = "(0|[1-9][0-9]{0,18})";
    private static final String TO_65535 =
            "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    private static final String TO_131071 = "([1-9][0-9]{0,4}|1[0-2][0-9]{4}|130[0-9]{3}|1310[0-6][0-9]|13107[01])";
    private static final String ACTION = "(meter " + TO_131071 + "|(push|swap) " + LABEL + "|pop|output " + PORT
            + "|back|group " + TO_65535 + "|goto [0-2])";

    private static final Map<Class<?>, String> WRITTEN = Map.ofEntries(
            Map.entry(ResourceId.class, names(2)),
            Map.entry(NetworkId.class, names(3)),
            Map.entry(AttachmentId.class, names(4)),
            Map.entry(DatapathId.class, "^" + DATAPATH + "$"),
            Map.entry(LinkPort.class, "^" + Names.FORM + "/" + PORT + "$"),
            Map.entry(SwitchPort.class, "^" + DATAPATH + "/" + PORT + "$"),
            Map.entry(Action.class, "^" + ACTION + "$"),
            Map.entry(DottedRevision.class, "^" + LONG + "\\." + LONG + "\\.(0|[1-9][0-9]{0,9})$"),
            Map.entry(ShortCookie.class, "^([1-9a-f][0-9a-f]{0,10}|0x[0-9a-f]{16})$"),
            Map.entry(Cookie.class, "^0x[0-9a-f]{16}$"),
            Map.entry(Label.class, "^" + LABEL + "$"),
            Map.entry(Lane.class, "^" + Names.FORM + "/" + LABEL + "/" + LANE_PORT + "/" + LANE_PORT + "$"),
            Map.entry(PortLocator.class, "^[!-.0-~]{1,64}$"));

    private ValueForms() {}

    /** Returns the schema of a value in records; empty if the type is no such value. */
    static Optional<ObjectNode> of(Class<?> type) {
        if (type == PortNumber.class) {
            return Optional.of(integer(1, PortNumber.MAX));
        }
        if (type == Table.class) {
            return Optional.of(integer(0, Table.values().length - 1L));
        }
        return Optional.ofNullable(WRITTEN.get(type)).map(ValueForms::text);
    }

    /** Returns the schema of a value in requests. */
    static Optional<ObjectNode> inRequest(Class<?> type) {
        if (type == DatapathId.class) {
            return Optional.of(text("^(0x)?[0-9A-Fa-f]{1,16}$|^([0-9A-Fa-f]{2}:){7}[0-9A-Fa-f]{2}$"));
        }
        if (type == PortLocator.class) {
            ObjectNode form = JsonNodeFactory.instance.objectNode();
            form.putArray("oneOf").add(text("^[!-.0-~]{1,64}$")).add(integer(1, PortNumber.MAX));
            return Optional.of(form);
        }
        return of(type);
    }

    /** Returns the schema of a number of bit/s or nanoseconds in requests: a number, or a text with a unit. */
    static ObjectNode quantity(String field, long min, long max) {
        String units = field.endsWith("Bits") ? "[kKMGT]?(bit/s)?" : "(ns|us|ms|s|[kKMGT])?";
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.putArray("oneOf")
                .add(integer(min, max))
                .add(text("^[0-9]{1,20}(\\.[0-9]{1,20})?([eE][0-9]{1,2})? ?" + units + "$"));
        return form;
    }

    static ObjectNode integer(long min, long max) {
        ObjectNode form = JsonNodeFactory.instance.objectNode().put("type", "integer");
        if (min != Long.MIN_VALUE) {
            form.put("minimum", min);
        }
        if (max != Long.MAX_VALUE) {
            form.put("maximum", max);
        }
        return form;
    }

    static ObjectNode text(String pattern) {
        return JsonNodeFactory.instance.objectNode().put("type", "string").put("pattern", pattern);
    }

    private static String names(int parts) {
        return "^" + Names.FORM + ("/" + Names.FORM).repeat(parts - 1) + "$";
    }
}
