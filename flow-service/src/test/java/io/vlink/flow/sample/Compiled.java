package io.vlink.flow.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.Table;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchRules;
import java.util.HashMap;
import java.util.Map;

/** A circuit as its switches hold it in the end. */
public final class Compiled {

    private Compiled() {}

    public static Map<DatapathId, SwitchRules> rules(Circuit circuit) {
        Map<DatapathId, SwitchRules> rules = new HashMap<>();
        PathCompiler.compile(circuit, Table.FORWARDING)
                .forEach((datapathId, program) -> rules.put(datapathId, program.whole()));
        return rules;
    }
}
