package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as a tree. Plain scalars stay text as written, except true, false and null: YAML 1.1 would turn the
 * datapath id {@code 0000000000000010} into 8, and numbers are read from text anyway.
 */
final class YamlSyntax {

    private YamlSyntax() {}

    static Document read(String text) {
        try {
            Iterator<Object> documents = parser().loadAll(text).iterator();
            Object first = documents.hasNext() ? documents.next() : null;
            if (!(first instanceof Map<?, ?> map)) {
                return new Document.Malformed("The document must be an object, not %s."
                        .formatted(first instanceof List ? "a list" : first == null ? "null" : "a single value"));
            }
            if (documents.hasNext()) {
                return new Document.Malformed("There are several YAML documents. Send one.");
            }
            return new Document.Tree(objectOf(map));
        } catch (MarkedYAMLException e) {
            Mark at = e.getProblemMark();
            String where = at == null ? "" : " (line %d, column %d)".formatted(at.getLine() + 1, at.getColumn() + 1);
            return new Document.Malformed("The document is not valid YAML: %s%s".formatted(e.getProblem(), where));
        } catch (YAMLException e) {
            String message = String.valueOf(e.getMessage());
            return new Document.Malformed("The document is not valid YAML: %s"
                    .formatted(message.startsWith("Number of aliases") ? "aliases (*name) are not accepted" : message));
        }
    }

    /** Makes a parser for one document; parsers are not thread-safe. */
    private static Yaml parser() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(Documents.MAX_DEPTH);
        options.setCodePointLimit(Documents.MAX_YAML_BYTES);
        var dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new AsWritten());
    }

    private static JsonNode nodeOf(@Nullable Object value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return switch (value) {
            case null -> factory.nullNode();
            case Map<?, ?> map -> objectOf(map);
            case List<?> list -> {
                ArrayNode array = factory.arrayNode(list.size());
                list.forEach(element -> array.add(nodeOf(element)));
                yield array;
            }
            case Boolean truth -> factory.booleanNode(truth);
            case String text -> factory.textNode(text);
            case Number number -> factory.textNode(number.toString());
            default -> throw new YAMLException("the tag of (%s) is not accepted".formatted(value));
        };
    }

    private static ObjectNode objectOf(Map<?, ?> map) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map.forEach((key, value) -> object.set(String.valueOf(key), nodeOf(value)));
        return object;
    }

    private static final class AsWritten extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|True|TRUE|false|False|FALSE"), "tTfF");
            addImplicitResolver(Tag.NULL, Pattern.compile("~|null|Null|NULL"), "~nN");
            addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
        }
    }
}
