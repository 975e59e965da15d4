package io.vlink.networkapi.stream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.Follower;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call that follows changes, on the event loop of its connection. It writes only while the connection accepts data.
 * Meanwhile, changes are kept in {@link Changes}, shared by all calls. A call that falls further behind gets a
 * snapshot.
 */
final class EventsCall {

    private static final int AT_ONCE = 256;

    private final Context context;
    private final HttpServerResponse response;
    private final Changes changes;
    private final Follower follower;
    private final EventText text;
    private final Clock clock;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable listener = this::wake;
    private boolean finished;
    private long timer;

    EventsCall(
            Context context,
            HttpServerResponse response,
            Changes changes,
            Follower follower,
            EventText text,
            Clock clock) {
        this.context = context;
        this.response = response;
        this.changes = changes;
        this.follower = follower;
        this.text = text;
        this.clock = clock;
    }

    void start(Vertx vertx, Duration heartbeat, Runnable ended) {
        response.drainHandler(drained -> pump());
        response.exceptionHandler(broken -> close(vertx, ended));
        response.closeHandler(closed -> close(vertx, ended));
        response.endHandler(end -> close(vertx, ended));
        timer = vertx.setPeriodic(heartbeat.toMillis(), id -> beat());
        changes.listen(listener);
        var unused = response.write("retry: 1000\n\n");
        pump();
    }

    /** Schedules writing, from any thread. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(now -> pump());
        }
    }

    private void pump() {
        woken.set(false);
        for (int i = 0; i < AT_ONCE; i++) {
            if (finished || response.writeQueueFull()) {
                return; // continues when the queue has drained
            }
            Follower.StreamItem step = follower.next(clock.instant());
            if (step == null) {
                return;
            }
            var unused = response.write(text.of(step));
        }
        wake(); // lets other connections run in between
    }

    private void beat() {
        if (!finished && !response.writeQueueFull()) {
            var unused = response.write(EventText.heartbeat(follower.position(clock.instant())));
        }
    }

    /** Sends the current position and ends the call, from any thread. */
    void end() {
        context.runOnContext(now -> {
            if (!finished) {
                finished = true;
                var unused = response.end(EventText.heartbeat(follower.position(clock.instant())));
            }
        });
    }

    private void close(Vertx vertx, Runnable ended) {
        finished = true;
        ended.run();
        changes.leave(listener);
        vertx.cancelTimer(timer);
    }
}
