package io.vlink.networkapi.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.vlink.events.Unicode;
import java.io.IOException;

/**
 * Writes text so that every reader can read it, whatever records say that are older than its refusal: Jackson would write half
 * of a surrogate pair as it stands, and others refuse the whole document for it.
 */
final class WholeText extends StdScalarSerializer<String> {

    private static final long serialVersionUID = 1L;

    private WholeText() {
        super(String.class);
    }

    /** Has a mapper write all text so. */
    static SimpleModule module() {
        return new SimpleModule("whole text").addSerializer(String.class, new WholeText());
    }

    @Override
    public void serialize(String text, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(Unicode.wellFormed(text));
    }
}
