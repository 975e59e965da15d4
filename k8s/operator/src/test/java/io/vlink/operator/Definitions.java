package io.vlink.operator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.vlink.operator.network.L2Network;
import io.vlink.operator.overlay.Overlay;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Generates the CRDs from the types and adds what the generator cannot express. */
final class Definitions {

    private static final Map<String, Class<?>> TYPES = Map.of("L2Network", L2Network.class, "Overlay", Overlay.class);

    private Definitions() {}

    static void write(Path directory) {
        new CRDGenerator()
                .customResourceClasses(L2Network.class, Overlay.class)
                .forCRDVersions("v1")
                .withMinQuotes(true)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        return complete(crd);
                    }
                })
                .inOutputDir(directory.toFile())
                .detailedGenerate();
    }

    private static HasMetadata complete(HasMetadata generated) {
        if (generated instanceof CustomResourceDefinition definition) {
            for (CustomResourceDefinitionVersion each : definition.getSpec().getVersions()) {
                inTheOrderDeclared(each, definition.getSpec().getNames().getKind());
                JSONSchemaProps root = each.getSchema().getOpenAPIV3Schema();
                root.setRequired(List.of("spec"));
                eachRuleOnce(root);
                JSONSchemaProps ids = property(root, "spec").getProperties().get("ids");
                if (ids != null) {
                    ids.setType("object"); // rules cannot see a field without a type
                }
                conditionsByType(property(property(root, "status"), "conditions"));
                notObservedYet(property(root, "status"));
            }
        }
        return generated;
    }

    /** Restores the declared order of the columns, in which kubectl prints them; the generator sorts them by path. */
    private static void inTheOrderDeclared(CustomResourceDefinitionVersion version, String kind) {
        List<String> declared = Arrays.stream(
                        Objects.requireNonNull(TYPES.get(kind)).getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        version.getAdditionalPrinterColumns().sort(Comparator.comparing(column -> declared.indexOf(column.getName())));
    }

    /** Removes duplicate rules: the generator reads a record's component as a field and as an accessor. */
    private static void eachRuleOnce(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(Definitions::eachRuleOnce);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            eachRuleOnce(schema.getItems().getSchema());
        }
    }

    /** A resource that no operator has looked at is in progress: kstatus takes one without a status for current. */
    private static void notObservedYet(JSONSchemaProps status) {
        status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    }

    private static void conditionsByType(JSONSchemaProps conditions) {
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        JSONSchemaProps condition = conditions.getItems().getSchema();
        condition.setRequired(List.of("type", "status", "reason", "message", "lastTransitionTime"));
        property(condition, "lastTransitionTime").setFormat("date-time");
        property(condition, "observedGeneration").setFormat("int64");
    }

    private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }
}
