package io.vlink.networkapi.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vlink.networkapi.reading.Declaration;
import io.vlink.networkapi.reading.Document;
import io.vlink.networkapi.reading.Documents;
import io.vlink.networkapi.reading.Reading;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.function.Function;

/** Reads and writes documents as JSON or YAML. */
@Singleton
public final class Representations {

    /** The message for a body with too many bytes. */
    public static final String TOO_LARGE =
            "The document is too large. It may have at most %d bytes.".formatted(Documents.MAX_BYTES);

    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(ResponseTextSerializer.module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private final ObjectMapper yaml = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(ResponseTextSerializer.module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /**
     * Reads the declaration in a call.
     *
     * @throws ProblemException if it cannot be read or is invalid
     */
    public <I, S> Declaration<I, S> read(
            Call call, byte[] body, Function<ObjectNode, Reading<Declaration<I, S>>> reader) {
        if (body.length > Documents.MAX_BYTES) {
            throw new ProblemException(Problem.ProblemType.TOO_LARGE, TOO_LARGE);
        }
        return switch (Documents.read(body, call.syntax())) {
            case Document.Malformed malformed ->
                throw new ProblemException(Problem.ProblemType.MALFORMED, malformed.message());
            case Document.Tree tree ->
                switch (reader.apply(tree.root())) {
                    case Reading.Parsed<Declaration<I, S>> read -> read.value();
                    case Reading.Wrong<Declaration<I, S>> wrong -> throw ProblemException.invalid(wrong.violations());
                };
        };
    }

    public byte[] json(Object value) {
        return write(json, value);
    }

    /** Rewrites a document of another service; returns it unchanged if it cannot be read. */
    public byte[] rewritten(byte[] document) {
        try {
            return write(json, json.readValue(document, Object.class));
        } catch (IOException e) {
            return document;
        }
    }

    public byte[] yaml(Object value) {
        return write(yaml, value);
    }

    private static byte[] write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s cannot be written.".formatted(value.getClass()), e);
        }
    }
}
