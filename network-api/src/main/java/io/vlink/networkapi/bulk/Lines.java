package io.vlink.networkapi.bulk;

import io.vertx.core.buffer.Buffer;

/** Splits what comes in into lines. Keeps one unfinished line at most, and of a line that is too long, nothing. */
final class Lines {

    /** Takes lines. */
    interface Taker {
        void line(byte[] line);

        /** There was a line longer than is accepted. */
        void tooLong();
    }

    private final int longest;
    private final Taker taker;
    private Buffer rest = Buffer.buffer();
    private boolean skipping;

    Lines(int longest, Taker taker) {
        this.longest = longest;
        this.taker = taker;
    }

    void take(Buffer chunk) {
        int begin = 0;
        for (int at = 0; at < chunk.length(); at++) {
            if (chunk.getByte(at) == '\n') {
                append(chunk, begin, at);
                end();
                begin = at + 1;
            }
        }
        append(chunk, begin, chunk.length());
    }

    /** Nothing more comes; the last line need not be closed. */
    void end() {
        if (skipping) {
            taker.tooLong();
        } else if (!isBlank()) {
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
