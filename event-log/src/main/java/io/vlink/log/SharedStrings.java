package io.vlink.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import io.vlink.events.Recent;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads strings as Jackson does, and returns the same object for short strings that were read recently: names occur in
 * every record of a network, and are kept as long as the records.
 */
final class SharedStrings extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;
    private static final int SHORT = 40;
    private static final Recent<String, String> READ = new Recent<>(4096, Function.identity());

    SharedStrings() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return StringDeserializer.instance.deserialize(parser, context);
        }
        String text = parser.getText();
        return text.length() > SHORT ? text : READ.of(text);
    }
}
