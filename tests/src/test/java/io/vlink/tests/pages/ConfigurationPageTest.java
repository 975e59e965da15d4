package io.vlink.tests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} lists all settings, generated from the sources. */
class ConfigurationPageTest {

    /** The folders of the services. */
    private static final List<String> SERVICES =
            List.of("network-api", "path-service", "flow-service", "switch-gateway", "k8s/operator");

    @Test
    void listsAllSettings() throws IOException {
        // When
        StringBuilder page = new StringBuilder("""
                # Configuration

                All settings by service. `ConfigurationPageTest` generates this page from the sources: edit those.

                Set a property with `-Dname=value` on the command line or with the environment variable beside it. Durations are `500ms`, `5s`, `2m`.
                `./vlink help` lists the environment variables of `./vlink` itself.

                JSON logs: `QUARKUS_LOG_CONSOLE_JSON_ENABLED=true`. Keys in a message (`network=…`, `datapathId=…`, `port=…`, `path=…`, `xid=…`, `generation=…`) are then members of `fields`.
                """);
        List<Path> shared = configSources(Page.root().resolve("health/src/main"), "Settings.java");
        for (String service : SERVICES) {
            Path sources = Page.root().resolve(service).resolve("src/main");
            Settings settings = Settings.of(sources.resolve("resources/application.properties"));
            page.append("\n## ")
                    .append(Path.of(service).getFileName())
                    .append("\n\n| property | environment | type | default | |\n|---|---|---|---|---|\n");
            Map<String, ConfigProperty> properties = new TreeMap<>();
            for (Path source : configSources(sources, "Config.java")) {
                ConfigProperty.in(source, shared).forEach(property -> properties.put(property.name(), property));
            }
            assertThat(properties).as("properties of " + service).isNotEmpty();
            for (ConfigProperty property : properties.values()) {
                assertThat(property.description())
                        .as("Javadoc of " + property.name())
                        .isNotEmpty();
                page.append(property.row(settings));
            }
            page.append("\nValues that differ from Quarkus' defaults:\n\n| property | value | why |\n|---|---|---|\n");
            settings.ofQuarkus().forEach(page::append);
        }

        // Then
        new Page("configuration.md").mustBe(page.toString());
    }

    private static List<Path> configSources(Path sources, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(sources.resolve("java"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
