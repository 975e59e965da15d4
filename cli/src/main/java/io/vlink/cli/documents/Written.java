package io.vlink.cli.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Formats trees as text for programs. */
public final class Written {

    private static final JsonMapper JSON = new JsonMapper();

    private Written() {}

    /** Returns indented JSON that ends with a line break. */
    public static String json(JsonNode tree) {
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try {
            return JSON.writer(printer).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns JSON on one line that ends with a line break. */
    public static String line(JsonNode tree) {
        return tree + "\n";
    }

    /** Returns YAML; quotes text that could be read as another type. */
    public static String yaml(JsonNode tree) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(120);
        options.setSplitLines(false);
        return new Yaml(options).dump(plain(tree));
    }

    private static @Nullable Object plain(JsonNode tree) {
        return switch (tree.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                tree.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                tree.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case BOOLEAN -> tree.booleanValue();
            case NUMBER -> tree.numberValue();
            case NULL, MISSING -> null;
            case STRING, BINARY, POJO -> tree.asText();
        };
    }
}
