package io.vlink.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.api.Api;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows versions. */
@Command(name = "version", description = "Shows the version of this command, and of the REST interface of the suite.")
final class VersionCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Option(names = "--client", description = "show only the version of this command, without asking the suite")
    private boolean client;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = VersionOutput.class,
            completionCandidates = VersionOutput.class,
            description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.TABLE;

    /** The values of {@code -o}. */
    static final class VersionOutput extends Formats {
        VersionOutput() {
            super(Format.TABLE, Format.JSON, Format.YAML);
        }
    }

    VersionCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        ObjectNode versions = JsonNodeFactory.instance.objectNode();
        ObjectNode command = versions.putObject("command");
        command.put("version", version(VersionCommand.class.getPackage().getImplementationVersion()));
        command.put("java", Runtime.version().toString());
        String source = System.getProperty("vlink.source", "");
        if (!source.isEmpty()) {
            command.put("source", source);
        }
        if (format == Format.TABLE) { // also if the suite cannot be reached
            vlink.printLine("command   %s, Java %s%s"
                    .formatted(
                            command.path("version").asText(),
                            command.path("java").asText(),
                            source.isEmpty() ? "" : ", in the source " + source));
        }
        if (!client) {
            Api api = vlink.api();
            String address = vlink.address();
            String rest = api.get("/q/openapi?format=json").at("/info/version").asText("unknown");
            versions.putObject("api").put("version", rest).put("address", address);
            if (format == Format.TABLE) {
                vlink.printLine("REST API  %s at %s".formatted(rest, address));
            }
        }
        if (format != Format.TABLE) {
            vlink.print(format.write(versions));
        }
        return ExitCode.DONE.number();
    }

    /** Returns the version in the jar; classes outside a jar have none. */
    private static String version(@Nullable String ofJar) {
        return ofJar == null ? "unpackaged" : ofJar;
    }
}
