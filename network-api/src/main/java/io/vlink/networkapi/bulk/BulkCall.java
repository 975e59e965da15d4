package io.vlink.networkapi.bulk;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.reading.Documents;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call with many lines. It runs on the event loop of its connection and never blocks. It keeps reading only while
 * few lines are in progress and the caller takes the results. A fast or a slow caller therefore costs a bounded amount
 * of memory.
 */
final class BulkCall implements Lines.LineHandler {

    /** The most lines, and bytes of lines, in progress at one time. */
    private static final int MOST_ITEMS = 2_000;

    private static final long MOST_BYTES = 4L * 1024 * 1024;

    /**
     * The most bytes of results queued for a caller that sends everything before it reads anything: about 30,000
     * results.
     */
    private static final int MOST_RESULT_BYTES = 4 * 1024 * 1024;

    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final BulkItems items;
    private final RawAnswers answers;
    private final BulkItems.Terms terms;
    private final Lines lines = new Lines(Documents.MAX_BYTES, this);
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private long count;
    private int underWay;
    private long bytesUnderWay;
    private boolean paused;
    private boolean readToEnd;

    private record Done(BulkResult result, int bytes) {}

    BulkCall(Context context, HttpServerRequest request, BulkItems items, RawAnswers answers, BulkItems.Terms terms) {
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.items = items;
        this.answers = answers;
        this.terms = terms;
    }

    void start() {
        response.setChunked(true).setWriteQueueMaxSize(MOST_RESULT_BYTES);
        response.drainHandler(drained -> flow());
        response.exceptionHandler(broken -> done.clear());
        request.handler(chunk -> {
            lines.take(chunk);
            flow();
        });
        request.endHandler(end -> {
            lines.end();
            readToEnd = true;
            finish();
        });
        request.resume();
    }

    @Override
    public void line(byte[] line) {
        begin(line.length);
        var unused = items.item(count, line, terms).thenAccept(result -> finished(new Done(result, line.length)));
    }

    @Override
    public void blank() {
        count++;
    }

    @Override
    public void tooLong() {
        begin(0);
        finished(new Done(items.tooLong(count), 0));
    }

    private void begin(int bytes) {
        count++;
        underWay++;
        bytesUnderWay += bytes;
    }

    /** Adds a result, on any thread. Results that finish at the same time are written together. */
    private void finished(Done one) {
        done.add(one);
        if (writing.compareAndSet(false, true)) {
            context.runOnContext(now -> write());
        }
    }

    private void write() {
        writing.set(false);
        Buffer results = Buffer.buffer();
        for (Done one = done.poll(); one != null; one = done.poll()) {
            underWay--;
            bytesUnderWay -= one.bytes();
            results.appendBuffer(answers.json(one.result())).appendByte((byte) '\n');
        }
        if (response.closed() || response.ended()) {
            return;
        }
        if (results.length() > 0) {
            var unused = response.write(results);
        }
        flow();
        finish();
    }

    private void flow() {
        boolean full = underWay >= MOST_ITEMS || bytesUnderWay >= MOST_BYTES || response.writeQueueFull();
        if (full && !paused) {
            paused = true;
            request.pause();
        } else if (!full && paused) {
            paused = false;
            request.resume();
        }
    }

    private void finish() {
        if (readToEnd && underWay == 0 && !response.ended() && !response.closed()) {
            var unused = response.end();
        }
    }
}
