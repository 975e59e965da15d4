package io.vlink.networkapi.document;

import io.vlink.networkapi.http.Problem;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Defines the schemas that no resource refers to. */
@OpenAPIDefinition(
        info = @Info(title = "Vlink network-api", version = "v1"),
        components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)))
final class ApiDefinition {}
