package io.vlink.log;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Has Jackson refuse a record of which something is absent, or null, that is not {@link Nullable}, and null elements of
 * lists: by itself it puts null there, whatever the type says, and a null that slips in would stop a service for every
 * record behind it.
 */
final class NoAbsence extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private static final JsonSetter.Value REQUIRED = JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
    private static final JsonSetter.Value OPTIONAL = JsonSetter.Value.forContentNulls(Nulls.FAIL);

    @Override
    public JsonSetter.@Nullable Value findSetterInfo(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)) {
            return null;
        }
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        if (components == null || components.length != parameter.getOwner().getParameterCount()) {
            return null;
        }
        RecordComponent component = components[parameter.getIndex()];
        return component.getType().isPrimitive() || component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                ? OPTIONAL
                : REQUIRED;
    }

    /** Where something is absent, as a path into the record. */
    static String path(InvalidNullException absence) {
        var path = new StringBuilder();
        for (Reference step : absence.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
