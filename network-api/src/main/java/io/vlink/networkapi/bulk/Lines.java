package io.vlink.networkapi.bulk;

import io.vertx.core.buffer.Buffer;

/** Splits the input into lines. Keeps at most one unfinished line, and nothing of a line that is too long. */
final class Lines {

    /** Receives the lines. */
    interface LineHandler {
        void line(byte[] line);

        /** Called for each line without content. It counts as a line. */
        void blank();

        /** Called once for each line that is too long. */
        void tooLong();
    }

    private final int longest;
    private final LineHandler taker;
    private Buffer rest = Buffer.buffer();
    private boolean skipping;

    Lines(int longest, LineHandler taker) {
        this.longest = longest;
        this.taker = taker;
    }

    void take(Buffer chunk) {
        int begin = 0;
        for (int at = 0; at < chunk.length(); at++) {
            if (chunk.getByte(at) == '\n') {
                append(chunk, begin, at);
                endLine();
                begin = at + 1;
            }
        }
        append(chunk, begin, chunk.length());
    }

    /** Ends the input. The last line needs no line feed. */
    void end() {
        if (skipping || rest.length() > 0) {
            endLine();
        }
    }

    private void endLine() {
        if (skipping) {
            taker.tooLong();
        } else if (isBlank()) {
            taker.blank();
        } else {
            taker.line(rest.getBytes());
        }
        skipping = false;
        rest = Buffer.buffer();
    }

    private boolean isBlank() {
        for (int i = 0; i < rest.length(); i++) {
            if (!Character.isWhitespace(rest.getByte(i))) {
                return false;
            }
        }
        return true;
    }

    private void append(Buffer chunk, int from, int to) {
        if (rest.length() + to - from > longest) {
            skipping = true;
            rest = Buffer.buffer();
        } else if (!skipping) {
            rest.appendBuffer(chunk, from, to - from);
        }
    }
}
