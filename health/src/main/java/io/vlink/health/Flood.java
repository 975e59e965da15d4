package io.vlink.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;

/**
 * Limits repeated log records: the first records of a kind pass, further ones are counted and reported once a minute as
 * a number, until a minute passes without one. Records are of one kind if they come from one logger and differ in
 * numbers only. The output of one logger in varying words is limited, too, at a higher number. Not thread-safe.
 */
final class Flood {

    static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int WARNINGS_OF_A_KIND = 20;
    private static final int NOTICES_OF_A_KIND = 200;
    /** The limit of one logger, in kinds. */
    private static final int KINDS_OF_A_SOURCE = 10;
    /** The length of a text up to which it determines its kind. */
    private static final int LONGEST_KIND = 200;
    /** Numbers, including hexadecimal ones with a leading digit, such as datapath ids and ports. */
    private static final Pattern NUMBER = Pattern.compile("\\d[0-9a-fA-F]*");

    private final Map<RepeatedMessage, Window> windows = new HashMap<>();

    /**
     * The records that are counted together.
     *
     * @param text the text without its numbers; empty: all records of the logger at this level
     */
    private record RepeatedMessage(String logger, int level, String text) {}

    /** One minute of one kind. */
    private static final class Window {
        private final Level level;
        private Instant since;
        private int left;
        private long held;
        private String last = "";

        Window(Level level, Instant since, int allowed) {
            this.level = level;
            this.since = since;
            this.left = allowed;
        }

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(WINDOW));
        }

        void again(Instant now) {
            since = now;
            left = 0;
            held = 0;
        }

        void hold(String text) {
            held++;
            last = text;
        }
    }

    /**
     * The records suppressed in one minute.
     *
     * @param count the number of records
     * @param last the text of the last one
     */
    record LeftOut(String logger, Level level, long count, String last) {}

    /** Whether a record is shown. Otherwise it is counted. */
    boolean passes(String logger, Level level, String text, Instant now) {
        int allowed = level.intValue() < Level.WARNING.intValue() ? NOTICES_OF_A_KIND : WARNINGS_OF_A_KIND;
        // The source first: otherwise varying words would each create a kind to store.
        Window source =
                window(new RepeatedMessage(logger, level.intValue(), ""), level, allowed * KINDS_OF_A_SOURCE, now);
        if (source.left == 0) {
            source.hold(text);
            return false;
        }
        Window kind = window(new RepeatedMessage(logger, level.intValue(), kind(text)), level, allowed, now);
        if (kind.left == 0) {
            kind.hold(text);
            return false;
        }
        source.left--;
        kind.left--;
        return true;
    }

    private Window window(RepeatedMessage kind, Level level, int allowed, Instant now) {
        Window window = windows.get(kind);
        if (window == null || (window.isOver(now) && window.held == 0)) {
            window = new Window(level, now, allowed);
            windows.put(kind, window);
        }
        return window;
    }

    private static String kind(String text) {
        String begin = text.length() > LONGEST_KIND ? text.substring(0, LONGEST_KIND) : text;
        return NUMBER.matcher(begin).replaceAll("#");
    }

    /**
     * Removes and returns the records suppressed in past minutes. A kind that continues remains suppressed until a
     * minute passes without it. A source may log again at once, since its next record may be of another kind.
     */
    List<LeftOut> over(Instant now) {
        List<LeftOut> over = new ArrayList<>();
        for (Iterator<Map.Entry<RepeatedMessage, Window>> all =
                        windows.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<RepeatedMessage, Window> one = all.next();
            RepeatedMessage kind = one.getKey();
            Window window = one.getValue();
            if (window.isOver(now)) {
                if (window.held > 0) {
                    over.add(new LeftOut(kind.logger(), window.level, window.held, window.last));
                }
                if (window.held > 0 && !kind.text().isEmpty()) {
                    window.again(now);
                } else {
                    all.remove();
                }
            }
        }
        return over;
    }

    int size() {
        return windows.size();
    }

    /** Whether nothing is stored. */
    boolean isEmpty() {
        return windows.isEmpty();
    }
}
