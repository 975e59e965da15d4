package io.vlink.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** The standard output of a command. Remembers why it could not be written: a {@link PrintWriter} only knows that. */
final class Output extends PrintWriter {

    private final Remembering sink;

    Output(Writer out) {
        this(new Remembering(out));
    }

    private Output(Remembering sink) {
        super(sink);
        this.sink = sink;
    }

    /** Returns why text written so far did not arrive; null if all of it did. */
    @Nullable IOException failure() {
        flush();
        return sink.failure;
    }

    /** A writer that keeps the first failure. */
    private static final class Remembering extends FilterWriter {

        private @Nullable IOException failure;

        Remembering(Writer out) {
            super(out);
        }

        @Override
        public void write(int character) throws IOException {
            try {
                super.write(character);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void write(char[] characters, int start, int length) throws IOException {
            try {
                super.write(characters, start, length);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void write(String text, int start, int length) throws IOException {
            try {
                super.write(text, start, length);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                super.flush();
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        private IOException remembered(IOException e) {
            if (failure == null) {
                failure = e;
            }
            return e;
        }
    }
}
