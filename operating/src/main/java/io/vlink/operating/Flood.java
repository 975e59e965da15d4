package io.vlink.operating;

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
 * Decides which log records are too many: what is said again and again passes some times, then it is counted, and told once a
 * minute as a number, until a minute passes without it. Records are of one kind where they come from one logger and differ in
 * numbers only. What one logger says in ever other words is bounded too, further out. Not thread-safe.
 */
final class Flood {

    static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int WARNINGS_OF_A_KIND = 20;
    private static final int NOTICES_OF_A_KIND = 200;
    /** How many kinds' worth one logger may say. */
    private static final int KINDS_OF_A_SOURCE = 10;
    /** What is kept of a text in order to know it again. */
    private static final int LONGEST_KIND = 200;
    /** Numbers, also those in hexadecimal that have a digit in front, such as datapath ids and ports. */
    private static final Pattern NUMBER = Pattern.compile("\\d[0-9a-fA-F]*");

    private final Map<Kind, Window> windows = new HashMap<>();

    /**
     * What is counted together.
     *
     * @param text without its numbers; empty: all that the logger says at this level
     */
    private record Kind(String logger, int level, String text) {}

    /** A minute of one kind. */
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
     * What was left out in one minute.
     *
     * @param count how many records
     * @param last the text of the last of them
     */
    record LeftOut(String logger, Level level, long count, String last) {}

    /** Whether a record is to be shown; else it is counted. */
    boolean passes(String logger, Level level, String text, Instant now) {
        int allowed = level.intValue() < Level.WARNING.intValue() ? NOTICES_OF_A_KIND : WARNINGS_OF_A_KIND;
        // The source first: else there would be a kind to remember for each of ever other words.
        Window source = window(new Kind(logger, level.intValue(), ""), level, allowed * KINDS_OF_A_SOURCE, now);
        if (source.left == 0) {
            source.hold(text);
            return false;
        }
        Window kind = window(new Kind(logger, level.intValue(), kind(text)), level, allowed, now);
        if (kind.left == 0) {
            kind.hold(text);
            return false;
        }
        source.left--;
        kind.left--;
        return true;
    }

    private Window window(Kind kind, Level level, int allowed, Instant now) {
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
     * Takes what was left out in minutes that are over. Of a kind that goes on nothing passes until a minute was without it; a
     * source may speak again, since what it says next may be something else.
     */
    List<LeftOut> over(Instant now) {
        List<LeftOut> over = new ArrayList<>();
        for (Iterator<Map.Entry<Kind, Window>> all = windows.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Kind, Window> one = all.next();
            Kind kind = one.getKey();
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

    /** Whether there is nothing to remember. */
    boolean isEmpty() {
        return windows.isEmpty();
    }
}
