package io.vlink.health;

import io.quarkus.logging.LoggingFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Adds the keys in a message to its log record as fields. The message names them where it is written, as in
 * {@code LOG.infof("Link is up link=%s epoch=%d", id, epoch)}; the argument of each is the field's value. The fields
 * are stored in the record's own map, not the thread's, and only the JSON format shows them.
 *
 * <p>Limits repeated records of Vlink and of libraries ({@link Flood}): the first pass, and the number of the others is
 * logged once a minute. Both are in this class because a console has only one filter.
 */
@LoggingFilter(name = "fields")
public final class LogFields implements Filter {

    private static final String OURS = "io.vlink.";
    /** A key with its placeholder, or a placeholder alone; {@code %%} and {@code %n} take no argument. */
    private static final Pattern PLACE = Pattern.compile("(?:(\\w+)=)?%(?:[-#+ 0,(]*[\\d.]*([a-zA-Z])|%)");

    /** The field of one argument of a format. */
    private record LogField(String key, int argument) {}

    /** Logs the number of suppressed records; never suppressed itself. */
    private static final Logger LOG = Logger.getLogger(Flood.class);

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(Flood.WINDOW.toMillis() + 1, TimeUnit.MILLISECONDS);

    /** The message without the stack trace of an exception. */
    private static final Formatter WORDS = new PatternFormatter("%s");

    private final Flood flood = new Flood();
    private boolean willTell;

    /** Formats are constants of this code, so there are few. */
    private final Map<String, List<LogField>> known = new ConcurrentHashMap<>();

    @Override
    public boolean isLoggable(LogRecord record) {
        if (isTooMuch(record)) {
            return false;
        }
        Object[] arguments = record.getParameters();
        if (arguments != null
                && record instanceof ExtLogRecord ext
                && ext.getFormatStyle() == ExtLogRecord.FormatStyle.PRINTF
                && String.valueOf(ext.getLoggerName()).startsWith(OURS)) {
            for (LogField field : known.computeIfAbsent(record.getMessage(), LogFields::fields)) {
                if (field.argument() < arguments.length) {
                    String unused = ext.putMdc(field.key(), String.valueOf(arguments[field.argument()]));
                }
            }
        }
        return true;
    }

    private boolean isTooMuch(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        if (record.getLevel().intValue() < Level.INFO.intValue() || logger.equals(LOG.getName())) {
            return false;
        }
        synchronized (flood) {
            if (!willTell) {
                willTell = true;
                LATER.execute(this::tell);
            }
            return !flood.passes(logger, record.getLevel(), words(record), record.getInstant());
        }
    }

    private static String words(LogRecord record) {
        try {
            return WORDS.format(record);
        } catch (IllegalArgumentException e) { // its arguments do not fit; the handler deals with that
            return String.valueOf(record.getMessage());
        }
    }

    private void tell() {
        List<Flood.LeftOut> over;
        synchronized (flood) {
            over = flood.over(Instant.now());
            willTell = !flood.isEmpty();
            if (willTell) {
                LATER.execute(this::tell);
            }
        }
        for (Flood.LeftOut one : over) {
            LOG.logf(
                    one.level().intValue() < Level.WARNING.intValue() ? Logger.Level.INFO : Logger.Level.WARN,
                    "%d more like this were left out within %d s: %s (logger=%s)",
                    one.count(),
                    Flood.WINDOW.toSeconds(),
                    one.last(),
                    one.logger());
        }
    }

    private static List<LogField> fields(String format) {
        List<LogField> fields = new ArrayList<>();
        Matcher place = PLACE.matcher(format);
        int argument = 0;
        while (place.find()) {
            if (place.group(2) == null || place.group(2).equals("n")) {
                continue;
            }
            if (place.group(1) != null) {
                fields.add(new LogField(place.group(1), argument));
            }
            argument++;
        }
        return List.copyOf(fields);
    }
}
