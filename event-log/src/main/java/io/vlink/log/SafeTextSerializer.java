package io.vlink.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.vlink.events.text.Unicode;
import java.io.IOException;

/**
 * Writes text in a form that every reader accepts, including text from switches, databases and older records. Jackson
 * would write half of a surrogate pair unchanged, and other parsers reject the whole document for it.
 */
final class SafeTextSerializer extends StdScalarSerializer<String> {

    private static final long serialVersionUID = 1L;

    private SafeTextSerializer() {
        super(String.class);
    }

    /** Returns a module that makes a mapper write all text in this form. */
    static SimpleModule module() {
        return new SimpleModule("whole text").addSerializer(String.class, new SafeTextSerializer());
    }

    @Override
    public void serialize(String text, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(Unicode.wellFormed(text));
    }
}
