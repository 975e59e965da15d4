package io.vlink.networkapi.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.vlink.events.text.Unicode;
import java.io.IOException;

/**
 * Writes well-formed text only. Old records may contain half of a surrogate pair; Jackson would write it as it is, and
 * other parsers refuse the whole document for it.
 */
final class ResponseTextSerializer extends StdScalarSerializer<String> {

    private static final long serialVersionUID = 1L;

    private ResponseTextSerializer() {
        super(String.class);
    }

    /** Returns the module that makes a mapper write all text this way. */
    static SimpleModule module() {
        return new SimpleModule("whole text").addSerializer(String.class, new ResponseTextSerializer());
    }

    @Override
    public void serialize(String text, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(Unicode.wellFormed(text));
    }
}
