package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.drawing.PathDrawing;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the path of a network. */
@Command(
        name = "path",
        description = "Draws the path of a network hop by hop, forward and reverse, with the counters of each switch.")
final class PathCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Parameters(paramLabel = "NETWORK", description = "name of the network")
    private String name = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = PathOutput.class,
            completionCandidates = PathOutput.class,
            description = "table (drawn), json or yaml")
    private Format format = Format.TABLE;

    /** The values of {@code -o}. */
    static final class PathOutput extends Formats {
        PathOutput() {
            super(Format.TABLE, Format.JSON, Format.YAML);
        }
    }

    PathCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        Reference network = new Reference(Kind.NETWORK, vlink.place(), name);
        JsonNode path = vlink.api().get(network.path() + "/path");
        vlink.print(
                format == Format.TABLE
                        ? PathDrawing.draw(
                                name, path, vlink.surroundings().clock().instant(), vlink.paint())
                        : format.write(path));
        return ExitCode.DONE.number();
    }
}
