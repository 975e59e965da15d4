package io.vlink.cli.documents;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the sources of {@code -f}: a file, {@code -} for standard input, or a directory; JSON or YAML with any number
 * of documents.
 */
public final class Sources {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Path STANDARD_INPUT = Path.of("-");

    private final InputStream standardInput;

    public Sources(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** Returns all documents of all sources, in order. */
    public List<Document> read(List<Path> sources) {
        List<Document> documents = new ArrayList<>();
        for (Path source : sources) {
            if (source.equals(STANDARD_INPUT)) {
                documents.addAll(documents("standard input", standardInput()));
            } else {
                files(source).forEach(file -> documents.addAll(documents(file.toString(), bytes(file))));
            }
        }
        if (documents.isEmpty()) {
            throw new UnreadableException("%s contains no document."
                    .formatted(sources.stream().map(Path::toString).collect(Collectors.joining(", "))));
        }
        return documents;
    }

    private static List<Path> files(Path path) {
        if (path.toString().isBlank()) { // an empty path would mean the current directory
            throw new UnreadableException("The file name of -f is empty.");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> found = files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new UnreadableException(
                        "The directory %s contains no file that ends in .yaml, .yml or .json.".formatted(path));
            }
            return found;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private byte[] standardInput() {
        try {
            return standardInput.readAllBytes();
        } catch (IOException e) {
            throw new UnreadableException("Cannot read standard input: " + e.getMessage(), e);
        }
    }

    private static UnreadableException unreadable(Path path, IOException e) {
        return new UnreadableException(
                e instanceof NoSuchFileException
                        ? "The file %s does not exist.".formatted(path)
                        : "Cannot read the file %s: %s".formatted(path, e.getMessage()),
                e);
    }

    private static List<Document> documents(String origin, byte[] bytes) {
        String text = text(origin, bytes);
        List<JsonNode> roots = roots(origin, text);
        List<Document> documents = new ArrayList<>();
        roots.forEach(root -> addAll(origin, root, documents));
        return documents;
    }

    /** Parses text as JSON or YAML. Text that starts like JSON may be YAML too. */
    private static List<JsonNode> roots(String origin, String text) {
        YamlReader yaml = new YamlReader(origin);
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return yaml.read(new StringReader(text));
        }
        try {
            return json(origin, text);
        } catch (UnreadableException noJson) {
            try {
                return yaml.read(new StringReader(text));
            } catch (UnreadableException noYaml) {
                throw noJson;
            }
        }
    }

    private static void addAll(String origin, JsonNode root, List<Document> documents) {
        JsonNode items = root.isArray() ? root : root.path("items");
        if (items.isArray()) {
            items.forEach(item -> addAll(origin, item, documents));
        } else {
            documents.add(Document.of("%s, document %d".formatted(origin, documents.size() + 1), root));
        }
    }

    private static String text(String origin, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableException("%s is not UTF-8 text.".formatted(origin), e);
        }
    }

    private static List<JsonNode> json(String origin, String text) {
        try (MappingIterator<JsonNode> documents =
                JSON.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? origin : "%s:%d:%d".formatted(origin, at.getLineNr(), at.getColumnNr());
            throw new UnreadableException(
                    "%s is not valid JSON: %s."
                            .formatted(
                                    where,
                                    e.getOriginalMessage().lines().findFirst().orElse("")),
                    e);
        } catch (IOException e) {
            throw new UnreadableException("Cannot read %s: %s".formatted(origin, e.getMessage()), e);
        }
    }
}
