package io.vlink.audit.isolation;

import io.vlink.audit.tables.DisplayNames;
import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;

/** A port of a switch, including ports that cannot be declared, such as LOCAL. */
record Spot(DatapathId datapathId, long port) {

    static Spot of(SwitchPort port) {
        return new Spot(port.datapathId(), port.port().value());
    }

    String text(DisplayNames names) {
        return names.of(datapathId, port);
    }
}
