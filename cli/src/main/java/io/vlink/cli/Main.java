package io.vlink.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Runs one command and exits with its exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] words) {
        // System.out would start more slowly and use the charset of the locale.
        Output out = new Output(writer(FileDescriptor.out));
        PrintWriter err = new PrintWriter(writer(FileDescriptor.err), false);
        int code = CommandLines.run(
                new Surroundings(
                        System.in,
                        out,
                        err,
                        Boolean.getBoolean("vlink.terminal"),
                        Integer.getInteger("vlink.columns", 0),
                        System.getenv(),
                        System.getProperty("vlink.commands", ""),
                        Clock.systemUTC()),
                words);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static Writer writer(FileDescriptor descriptor) {
        return new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8);
    }
}
