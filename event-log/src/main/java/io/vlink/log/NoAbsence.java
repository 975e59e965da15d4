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
 * Makes Jackson refuse records in which a field is absent or null that is not {@link Nullable}, and lists with null
 * elements. By default Jackson sets null regardless of the type, and one such null would stop a service for every later
 * record.
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

    /** Returns the place where a value is missing, as a path into the record. */
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
