package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.drawing.PathDrawing;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the way of a network. */
@Command(
        name = "path",
        description = "Draws the way of a network hop by hop, forward and reverse, with what each switch counted.")
final class PathCommand implements Callable<Integer> {

    private final VlinkCommand vlink;

    @Parameters(paramLabel = "NETWORK", description = "the network's name")
    private String name = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json or yaml, for programs")
    private Format format = Format.table;

    PathCommand(VlinkCommand vlink) {
        this.vlink = vlink;
    }

    @Override
    public Integer call() {
        if (format == Format.wide || format == Format.name || format == Format.dot) {
            throw new IllegalArgumentException("The output (%s) is not for this.".formatted(format));
        }
        Reference network = new Reference(Kind.NETWORK, vlink.place(), name);
        JsonNode path = vlink.api().get(network.path() + "/path");
        vlink.print(
                format == Format.table
                        ? PathDrawing.draw(
                                name, path, vlink.surroundings().clock().instant(), vlink.paint())
                        : format.write(path));
        return ExitCode.DONE.number();
    }
}
