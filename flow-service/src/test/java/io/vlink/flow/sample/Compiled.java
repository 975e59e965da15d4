package io.vlink.flow.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.Table;
import io.vlink.flow.compile.Layout;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchRules;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A circuit as its switches finally hold it. */
public final class Compiled {

    /** Compiles for a finalised suite in which no link has a meter. */
    public static final Layout UNMETERED = new Layout(Table.FORWARDING, port -> false);

    private Compiled() {}

    /** Compiles for a suite in which no link has a meter. */
    public static Map<DatapathId, SwitchRules> rules(Circuit circuit) {
        return rules(circuit, UNMETERED);
    }

    public static Map<DatapathId, SwitchRules> rules(Circuit circuit, Predicate<SwitchPort> metered) {
        return rules(circuit, new Layout(Table.FORWARDING, metered));
    }

    public static Map<DatapathId, SwitchRules> rules(Circuit circuit, Layout layout) {
        Map<DatapathId, SwitchRules> rules = new HashMap<>();
        PathCompiler.compile(circuit, layout).forEach((datapathId, program) -> rules.put(datapathId, program.whole()));
        return rules;
    }
}
