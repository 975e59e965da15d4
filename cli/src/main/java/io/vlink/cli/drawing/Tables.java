package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.kinds.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Draws one table per kind: the most important columns, and with {@code wide} the others. */
public final class Tables {

    /** A column: its heading and the content of its cells. */
    private record Column(String heading, boolean wide, BiFunction<JsonNode, Instant, Cell> cell) {

        static Column text(String heading, String pointer) {
            return new Column(
                    heading, false, (item, now) -> Cell.of(item.at(pointer).asText()));
        }

        static Column of(String heading, BiFunction<JsonNode, Instant, Cell> cell) {
            return new Column(heading, false, cell);
        }

        static Column age(String heading, String pointer) {
            return of(heading, (item, now) -> Cell.of(Quantities.age(item.at(pointer), now)));
        }

        Column onlyWide() {
            return new Column(heading, true, cell);
        }
    }

    private static final Column NAMESPACE = Column.text("NAMESPACE", "/namespace");

    private Tables() {}

    /**
     * Draws a list without cutting anything.
     *
     * @param everywhere whether the list contains several namespaces
     */
    public static String draw(
            Kind kind, Iterable<JsonNode> items, boolean everywhere, boolean wide, Instant now, Paint paint) {
        return table(kind, items, everywhere, wide, now).draw(paint);
    }

    /**
     * Draws the most important columns of a list, with long words cut.
     *
     * @param everywhere whether the list contains several namespaces
     * @param columns the width of the terminal; 0 if there is none
     */
    public static String fitted(
            Kind kind, Iterable<JsonNode> items, boolean everywhere, int columns, Instant now, Paint paint) {
        return table(kind, items, everywhere, false, now).fitted(columns).draw(paint);
    }

    private static Table table(Kind kind, Iterable<JsonNode> items, boolean everywhere, boolean wide, Instant now) {
        List<Column> columns = new ArrayList<>();
        if (everywhere && kind.isNamespaced()) {
            columns.add(NAMESPACE);
        }
        columns(kind).stream().filter(column -> wide || !column.wide()).forEach(columns::add);
        Table table = new Table(columns.stream().map(Column::heading).toList());
        items.forEach(item -> table.row(
                columns.stream().map(column -> column.cell().apply(item, now)).toList()));
        return table;
    }

    private static List<Column> columns(Kind kind) {
        return switch (kind) {
            case NETWORK -> networks();
            case ATTACHMENT -> attachments();
            case NODE -> nodes();
            case LINK -> links();
            case SWITCH -> switches();
            case SERVICE -> services();
        };
    }

    private static List<Column> networks() {
        return List.of(
                Column.text("NAME", "/name"),
                Column.of("PHASE", (n, now) -> Cell.state(n.at("/status/phase").asText("Pending"))),
                Column.of("PATH", (n, now) -> Cell.of(Shown.way(n.at("/status/forward"), n.at("/spec/path")))),
                Column.of("REASON", (n, now) -> Cell.of(Shown.reason(n))),
                Column.age("AGE", "/createdAt"),
                Column.of(
                                "REVERSE",
                                (n, now) -> Cell.of(String.join(Shown.ARROW, Shown.texts(n.at("/status/reverse")))))
                        .onlyWide(),
                Column.of("BANDWIDTH", (n, now) -> Cell.of(Shown.bandwidth(n.path("spec"))))
                        .onlyWide(),
                Column.of("ATTACHMENTS", (n, now) -> Cell.of(attached(n))).onlyWide(),
                Column.of("MESSAGE", (n, now) -> Cell.of(Shown.message(n))).onlyWide());
    }

    private static String attached(JsonNode network) {
        List<String> ids = new ArrayList<>();
        network.at("/status/attachments")
                .forEach(one -> ids.add(one.path("attachment").asText()));
        return String.join(",", ids);
    }

    private static List<Column> attachments() {
        return List.of(
                Column.text("NETWORK", "/network"),
                Column.text("NAME", "/id"),
                Column.text("NODE", "/spec/node"),
                Column.text("PORT", "/spec/port"),
                Column.of("HOLDS", (a, now) -> Cell.state(holds(a))),
                Column.text("REASON", "/status/reason"),
                Column.age("AGE", "/createdAt"),
                Column.of("IPS", (a, now) -> Cell.of(String.join(",", Shown.texts(a.at("/spec/ips")))))
                        .onlyWide(),
                Column.text("MESSAGE", "/status/message").onlyWide());
    }

    static String holds(JsonNode attachment) {
        JsonNode status = attachment.path("status");
        return status.isMissingNode() ? "unknown" : status.path("holds").asBoolean() ? "yes" : "no";
    }

    private static List<Column> nodes() {
        return List.of(
                Column.text("NAME", "/name"),
                Column.text("DATAPATH", "/spec/datapathId"),
                Column.of("STATE", (n, now) -> Cell.state(Shown.nodeState(n))),
                Column.of("MAINTENANCE", (n, now) -> maintenance(n)),
                Column.age("SINCE", "/status/since"),
                Column.age("AGE", "/createdAt"),
                Column.text("OVSDB", "/spec/ovsdb").onlyWide(),
                Column.text("TUNNEL", "/spec/tunnelAddress").onlyWide(),
                Column.text("REASON", "/status/reason").onlyWide());
    }

    private static Cell maintenance(JsonNode item) {
        return item.at("/spec/maintenance").asBoolean() ? new Cell("yes", Paint.Colour.PENDING) : Cell.of("");
    }

    private static List<Column> links() {
        return List.of(
                Column.text("NAME", "/name"),
                Column.of("FROM", (l, now) -> Cell.of(Shown.end(l.at("/spec/from")))),
                Column.of("TO", (l, now) -> Cell.of(Shown.end(l.at("/spec/to")))),
                Column.of("STATE", (l, now) -> Cell.state(Shown.linkState(l))),
                Column.text("REASON", "/status/reason"),
                Column.of("CAPACITY", (l, now) -> Cell.of(Quantities.bits(l.at("/spec/capacityBits")))),
                Column.of("LATENCY", (l, now) -> Cell.of(Quantities.latency(latency(l)))),
                Column.text("KIND", "/spec/kind").onlyWide(),
                Column.of("MAINTENANCE", (l, now) -> maintenance(l)).onlyWide(),
                Column.age("SINCE", "/status/since").onlyWide(),
                Column.age("AGE", "/createdAt").onlyWide(),
                Column.text("MESSAGE", "/status/message").onlyWide());
    }

    /** Returns the measured latency, else the declared one. */
    static JsonNode latency(JsonNode link) {
        JsonNode measured = link.at("/status/latencyNanos");
        return measured.isNumber() ? measured : link.at("/spec/latencyNanos");
    }

    private static List<Column> services() {
        return List.of(
                Column.text("NAME", "/name"),
                Column.of("STATE", (s, now) -> Cell.state(s.path("state").asText())),
                Column.of("INSTANCES", (s, now) -> Cell.of(instances(s))),
                Column.text("MESSAGE", "/message"));
    }

    /** Returns the instances; those not present with their state. */
    static String instances(JsonNode service) {
        List<String> named = new ArrayList<>();
        service.path("instances").forEach(one -> {
            String state = one.path("state").asText();
            named.add(one.path("name").asText() + (state.equals("present") ? "" : " (" + state + ")"));
        });
        return String.join(", ", named);
    }

    private static List<Column> switches() {
        return List.of(
                Column.text("DATAPATH", "/datapathId"),
                Column.of("STATE", (s, now) -> Cell.state(s.path("state").asText())),
                Column.of("NODES", (s, now) -> Cell.of(String.join(",", Shown.texts(s.path("nodes"))))),
                Column.of("PORTS", (s, now) -> Cell.of(portsUp(s))),
                Column.text("OPENFLOW", "/openflow"),
                Column.text("ADDRESS", "/address"),
                Column.age("SINCE", "/since"),
                Column.text("GATEWAY", "/gateway").onlyWide(),
                Column.of("CHECKED", (s, now) -> Cell.of(s.path("checked").asBoolean() ? "yes" : "no"))
                        .onlyWide(),
                Column.text("DESCRIPTION", "/description").onlyWide(),
                Column.text("REASON", "/reason").onlyWide(),
                Column.of("WARNINGS", (s, now) -> Cell.of(warnings(s))).onlyWide());
    }

    /** Returns the reasons of the warnings, each once; the description has their messages. */
    private static String warnings(JsonNode seen) {
        Set<String> reasons = new LinkedHashSet<>();
        seen.path("warnings")
                .forEach(warning -> reasons.add(warning.path("reason").asText()));
        return String.join(",", reasons);
    }

    static String portsUp(JsonNode seen) {
        long up = 0;
        long blocked = 0;
        for (JsonNode port : seen.path("ports")) {
            String state = Shown.portState(port);
            up += state.equals("down") ? 0 : 1;
            blocked += state.equals("blocked") ? 1 : 0;
        }
        String all = "%d of %d up".formatted(up, seen.path("ports").size());
        return blocked == 0 ? all : "%s, %d blocked".formatted(all, blocked);
    }
}
