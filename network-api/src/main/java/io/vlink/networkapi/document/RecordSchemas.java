package io.vlink.networkapi.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;

/**
 * Completes each schema that is made of a Vlink record: all fields that are not {@code Nullable} are required, and no
 * other fields are allowed.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class RecordSchemas implements OASFilter {

    private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName SCHEMA =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
    private static final DotName INCLUDE = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
    private static final String OURS = "io.vlink.";

    private final Map<String, ClassInfo> records = new HashMap<>();

    public RecordSchemas(IndexView index) {
        for (ClassInfo type : index.getKnownClasses()) {
            if (type.isRecord() && type.name().toString().startsWith(OURS)) {
                records.putIfAbsent(type.simpleName(), type);
            }
        }
        for (AnnotationInstance named : index.getAnnotations(SCHEMA)) {
            AnnotationValue name = named.value("name");
            if (name != null && named.target().kind() == AnnotationTarget.Kind.CLASS) {
                records.put(name.asString(), named.target().asClass());
            }
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().forEach((name, schema) -> {
            ClassInfo type = records.get(name);
            if (type != null && schema.getProperties() != null) {
                schema.setRequired(required(type, schema));
                schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
            }
        });
    }

    private static List<String> required(ClassInfo type, Schema schema) {
        List<String> required = new ArrayList<>();
        AnnotationInstance include = type.declaredAnnotation(INCLUDE);
        boolean leavesEmptyOut = include != null && include.value().asEnum().equals("NON_EMPTY");
        for (RecordComponentInfo component : type.recordComponents()) {
            boolean leftOut = component.type().hasAnnotation(NULLABLE) || (leavesEmptyOut && isList(component));
            if (schema.getProperties().containsKey(component.name()) && !leftOut) {
                required.add(component.name());
            }
        }
        return required;
    }

    private static boolean isList(RecordComponentInfo component) {
        return component.type().name().toString().equals(List.class.getName());
    }
}
