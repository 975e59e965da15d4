package io.vlink.cli.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads YAML documents as trees. A plain scalar stays text as written, except true, false and null: YAML 1.1 would turn
 * the datapath id {@code 0000000000000010} into 8. network-api interprets numbers.
 */
final class YamlReader {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;
    private static final Set<String> TRUTHS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final String origin;

    YamlReader(String origin) {
        this.origin = origin;
    }

    List<JsonNode> read(Reader text) {
        List<JsonNode> documents = new ArrayList<>();
        try {
            for (Node root : parser().composeAll(text)) {
                JsonNode document = tree(root);
                if (!document.isNull()) { // such as an empty document after a last ---
                    documents.add(document);
                }
            }
            return documents;
        } catch (MarkedYAMLException e) {
            throw new UnreadableException(
                    "%s is not valid YAML: %s.".formatted(at(e.getProblemMark()), e.getProblem()), e);
        } catch (YAMLException e) {
            throw new UnreadableException("%s is not valid YAML: %s.".formatted(origin, e.getMessage()), e);
        }
    }

    private static Yaml parser() {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARACTERS);
        var dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options);
    }

    private JsonNode tree(Node node) {
        return switch (node) {
            case MappingNode mapping -> object(mapping);
            case SequenceNode sequence -> array(sequence);
            case ScalarNode scalar -> scalar(scalar);
            default ->
                throw new UnreadableException(
                        "%s: this YAML construct is not supported.".formatted(at(node.getStartMark())));
        };
    }

    private ObjectNode object(MappingNode mapping) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key)) {
                throw new UnreadableException("%s: a field name is required here."
                        .formatted(at(member.getKeyNode().getStartMark())));
            }
            if (object.has(key.getValue())) {
                throw new UnreadableException(
                        "%s: the field %s occurs twice.".formatted(at(key.getStartMark()), key.getValue()));
            }
            object.set(key.getValue(), tree(member.getValueNode()));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        sequence.getValue().forEach(element -> array.add(tree(element)));
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        String text = scalar.getValue();
        boolean plain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
                && !scalar.getTag().equals(Tag.STR);
        // An untagged plain scalar that looks like text has the tag STR too; it is text either way.
        if (plain && TRUTHS.contains(text)) {
            return factory.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
        }
        return plain && NULLS.contains(text) ? factory.nullNode() : factory.textNode(text);
    }

    private String at(Mark mark) {
        return "%s:%d:%d".formatted(origin, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
