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
 * Reads strings as Jackson does, and short ones that were read before as the same object: names stand in every record of a
 * network, and each is kept for as long as that.
 */
final class SharedStrings extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;
    private static final int SHORT = 40;
    private static final Recent<String> READ = new Recent<>(4096, Function.identity());

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
